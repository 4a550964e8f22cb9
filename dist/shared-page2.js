export { n as reportHtml } from "./shared-page.js";
