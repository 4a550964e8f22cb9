export { r as probeDevice } from "./shared-device.js";
