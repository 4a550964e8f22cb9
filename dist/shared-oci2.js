export { t as openOci } from "./shared-oci.js";
