export { r as requireFit } from "./shared-plan-fit2.js";
