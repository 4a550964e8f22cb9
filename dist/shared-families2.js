export { i as REFUSED_FAMILIES, n as familyList } from "./shared-families.js";
import "./shared-opened-run.js";
