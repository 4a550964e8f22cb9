export { t as answer } from "./shared-answer2.js";
