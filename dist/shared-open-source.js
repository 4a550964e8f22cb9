export { n as sourceOpener } from "./shared-open-source2.js";
