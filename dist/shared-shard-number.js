// src/contract/shard/shard-number.ts
/** More than there can be token groups. */
const MOST_SHARDS = 1024;
/** Null: it is none. */
function parseShard(text) {
	const [, shard, shards] = /^([1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
	const found = {
		shard: Number(shard),
		shards: Number(shards)
	};
	return found.shard <= found.shards && found.shards <= MOST_SHARDS ? found : null;
}
const shardName = ({ shard, shards }) => `shard-${shard}-of-${shards}.safetensors`;
/** Is it what `shardName` calls a shard? */
const isShardName = (name) => /^shard-[1-9]\d*-of-[1-9]\d*\.safetensors$/.test(name);
/** [from, to) of so many groups: runs of neighbours as even as can be. No shard is empty where there are as many groups as shards. */
function groupsOfShard({ shard, shards }, groups) {
	return [Math.floor((shard - 1) * groups / shards), Math.floor(shard * groups / shards)];
}
export { shardName as i, isShardName as n, parseShard as r, groupsOfShard as t };
