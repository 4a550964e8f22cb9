export { t as ociRegistry } from "./shared-registry2.js";
