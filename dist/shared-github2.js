export { t as connectGitHub } from "./shared-github.js";
