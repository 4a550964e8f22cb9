export { t as openCheckpoint } from "./shared-open2.js";
