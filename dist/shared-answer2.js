export { t as answer } from "./shared-answer.js";
