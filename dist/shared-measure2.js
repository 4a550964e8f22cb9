export { r as measurePlan } from "./shared-measure.js";
