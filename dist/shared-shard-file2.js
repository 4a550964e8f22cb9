export { n as readShard } from "./shared-shard-file.js";
