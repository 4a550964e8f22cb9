export { t as openHub } from "./shared-hub.js";
