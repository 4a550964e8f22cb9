export { n as measurePlan } from "./shared-measure.js";
