export { t as ociRegistry } from "./shared-registry.js";
