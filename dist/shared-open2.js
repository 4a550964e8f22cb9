export { t as openCheckpoint } from "./shared-open.js";
