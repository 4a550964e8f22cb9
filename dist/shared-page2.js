export { t as reportHtml } from "./shared-page.js";
