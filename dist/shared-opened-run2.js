export { n as measurePlan } from "./shared-opened-run.js";
