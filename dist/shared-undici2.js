import { t as require_undici } from "./shared-undici.js";
export default require_undici();
export {};
