import { n as hubAnswerUnusable } from "./shared-pinned-files.js";
// node_modules/gearhash-jit/dist/esm/table.js
const GEAR_TABLE = [
	12720649874207470937n,
	6220253899994767574n,
	5022227620843582123n,
	7713128862809245559n,
	3931456925857362359n,
	2145462594922010955n,
	2340266855695177142n,
	11850293633421122251n,
	4253271882819942674n,
	10441469756866476791n,
	16269585668086012554n,
	10274123871859168173n,
	6498400631357310754n,
	11893914895239905198n,
	1041180248866608769n,
	11074490967421660431n,
	7538233807166320758n,
	88519571580008n,
	14172972091955989544n,
	4517224272786574077n,
	17410783855206298678n,
	17443179952641656630n,
	5193012484899382509n,
	1127785921477n,
	2286200784185780940n,
	4319075009233722221n,
	11054224474581993291n,
	8764293443688126691n,
	16477773415798928416n,
	2675392301258739825n,
	3158663799265462939n,
	62572991402330227n,
	16909100273786894639n,
	15813421104338059519n,
	12634737214121623407n,
	9702695172135568049n,
	14713192958633615662n,
	3845558405485249127n,
	3285878356664493179n,
	13465282719567368131n,
	17849199576552078697n,
	3640797839928536096n,
	200697491433228n,
	11607419893041500281n,
	5210522504916033945n,
	14756743156403004161n,
	13773560884614984032n,
	12531239658134027464n,
	123781184460122n,
	10008846685752418927n,
	13652498267850553506n,
	18116574062443282639n,
	14385751447217882151n,
	13472220412400852312n,
	705692244159983825n,
	12732267574704557127n,
	57627845809646922n,
	14737076550689570561n,
	8332767055739287408n,
	14413720938363076094n,
	9163358039740847920n,
	15003645864457864410n,
	17577967598646747293n,
	12440673559316719239n,
	8456239713174051591n,
	10413306291247951582n,
	7991828389891016581n,
	239560664804824n,
	11386854347068201943n,
	552667256958603954n,
	17029520133932194628n,
	8717724954132223174n,
	14362276199122662901n,
	55023746992867n,
	9402446361091840557n,
	1470248305432346948n,
	2773042706728742123n,
	17406817152198312798n,
	9665317986662415240n,
	11366750002009295320n,
	16886520352649219914n,
	39716037498528984n,
	7870163836567788086n,
	16155198047778225740n,
	2489683512358406288n,
	7159792944732801445n,
	5053216299830922865n,
	12098885092871895896n,
	869417461516865003n,
	2821503966182894971n,
	11736130412620196639n,
	5606367647935821091n,
	124243424830030n,
	11721999548432218134n,
	10993892910887886921n,
	14016910139709294937n,
	13517961789161618969n,
	17253515810279862392n,
	5582047975524n,
	13860028068917756035n,
	713909075634938078n,
	10491130091969346964n,
	9087809318685133774n,
	5912193115543525329n,
	13754408265165448214n,
	8059662339490272647n,
	10015986591711038n,
	11537234326127885845n,
	12367666710581578939n,
	945651257358297904n,
	844043998717852049n,
	4842457409943397941n,
	14050451821596623267n,
	18104892870530109735n,
	7324367595615623371n,
	17760511093534668111n,
	7597310739025907811n,
	35334639850667n,
	10148508341072681042n,
	7588998265793579607n,
	17191457714616273960n,
	15635476086710109278n,
	12359776341901092711n,
	218484053382629n,
	2770575889116209710n,
	17090333869217663525n,
	4269955075904284923n,
	1433870992323173382n,
	11751569196577746214n,
	9806239979276450510n,
	16805564213227552174n,
	12641223402722888n,
	4792915346786076956n,
	15527644171261290149n,
	16351470616956339819n,
	13321856880821912700n,
	16042209746176548100n,
	9145833140366620212n,
	2385127773167985561n,
	12019250247581729775n,
	3193842542770177559n,
	3293405736371805571n,
	264806000937961n,
	4455705766521705609n,
	9950829417506928004n,
	17474710666114448626n,
	9232638913239818646n,
	7391452489290736403n,
	226610200216555n,
	2363078318762728507n,
	8515954189855578715n,
	2340744266678614389n,
	15527779374162827733n,
	11216077718701636867n,
	2413301664650842601n,
	12860901928516614166n,
	60180223592457773n,
	8206573921893708620n,
	9103792382150384163n,
	11705786921541771141n,
	13799810688944496114n,
	6646163811363561694n,
	14828264205680994712n,
	7858928002964946433n,
	8644851008807599197n,
	10483372234711379089n,
	6590374400889022823n,
	228058059114139n,
	17565176517135044868n,
	2333729349881128899n,
	7070060025520163149n,
	15098506995175212838n,
	1184507046646212412n,
	202718838077981n,
	17505296365341863741n,
	15696978081211872770n,
	11672337744432435484n,
	16971248960933563837n,
	13702008557107346145n,
	16357991190501352990n,
	4905375277947230262n,
	36789025389058110n,
	12773775360562718448n,
	152003757063260919n,
	2959111002488787489n,
	8312296078122133685n,
	14863058739196254572n,
	13588536849684363877n,
	17316488619364946971n,
	18357712312901684909n,
	48994606965342722n,
	17675292100092159060n,
	140573352443080n,
	13816373998757256190n,
	12106854680769154578n,
	4165347346158573780n,
	18427008545812101764n,
	6177158706642321803n,
	152608561502090n,
	5251970984687958840n,
	10080067799822677480n,
	1019803726431821963n,
	15352937054145356842n,
	1225465183306178874n,
	13992251999755790493n,
	1624092965229806956n,
	47615560063013100n,
	13580140204573947982n,
	14273105564723361966n,
	567798992657835168n,
	10577804903547051341n,
	10326742343704480453n,
	834978751054232528n,
	7103683321686911745n,
	7232644550076924500n,
	4754927192696746649n,
	13536297969174354127n,
	187685747049978n,
	1834683613400360277n,
	10056360410811379030n,
	4493779876478198233n,
	17031521067865263503n,
	18084170213074122111n,
	909359879707n,
	15726446854474412430n,
	8142385452947234795n,
	371500410745745639n,
	2511011274985051113n,
	14531832727402724268n,
	17124030333692285667n,
	17072899076421576586n,
	10347170879009483n,
	465011596463767732n,
	2124055920798163716n,
	12953334059757202133n,
	14521544493976023963n,
	11505547191960139146n,
	7899899535647165526n,
	1703555659567697796n,
	7984016072554241003n,
	17999395712297818875n,
	5358827009937370834n,
	115892448293556n,
	11359517598599658375n,
	9525709231911323670n,
	18103748907446033805n,
	6931144200907262605n,
	14681535863441353960n,
	87287561654467n,
	564559094859189776n,
	16547692270882292053n,
	6318464739833839581n,
	1797858705803957140n,
	7164600654182929213n,
	14739062536493593590n,
	7189901176607676539n
];
const HASH_OFFSET = 2048;
const MASK_OFFSET = 2056;
const INPUT_OFFSET = 4096;
const PAGES = 8;
const MAX_INPUT_SIZE = PAGES * 65536 - INPUT_OFFSET;
let wasmMemory = null;
let wasmView = null;
let wasmFn = null;
function toSignedLeb128(n) {
	const bytes = [];
	let value = n | 0;
	for (;;) {
		const byte = value & 127;
		value >>= 7;
		if (value === 0 && (byte & 64) === 0 || value === -1 && (byte & 64) !== 0) {
			bytes.push(byte);
			return bytes;
		}
		bytes.push(byte | 128);
	}
}
function toLebU32Padded5(n) {
	return [
		n & 127 | 128,
		n >>> 7 & 127 | 128,
		n >>> 14 & 127 | 128,
		n >>> 21 & 127 | 128,
		n >>> 28 & 15
	];
}
/**
* Generate the WASM module bytecode.
*
* Exports one function:
*   nextMatch(inputStart: i32, inputLen: i32) -> i32
*
* Reads hash/mask from fixed memory offsets, scans from `inputStart`
* for `inputLen` bytes, writes updated hash back.
* Returns 1-based match position within the scanned range, or -1.
*/
function generateWasmBytes() {
	const code = [];
	function emit(...bytes) {
		code.push(...bytes);
	}
	emit(0, 97, 115, 109);
	emit(1, 0, 0, 0);
	emit(1, 7, 1, 96, 2, 127, 127, 1, 127);
	emit(2, 11, 1, 2, 106, 115, 3, 109, 101, 109, 2, 0, PAGES);
	emit(3, 2, 1, 0);
	emit(7, 13, 1, 9, 110, 101, 120, 116, 77, 97, 116, 99, 104, 0, 0);
	emit(10);
	const sectionSizeOff = code.length;
	emit(0, 0, 0, 0, 0);
	emit(1);
	const funcSizeOff = code.length;
	emit(0, 0, 0, 0, 0);
	const bodyStart = code.length;
	emit(2, 2, 126, 2, 127);
	emit(65, ...toSignedLeb128(HASH_OFFSET));
	emit(41, 3, 0);
	emit(33, 2);
	emit(65, ...toSignedLeb128(MASK_OFFSET));
	emit(41, 3, 0);
	emit(33, 3);
	emit(32, 0);
	emit(33, 4);
	emit(32, 0);
	emit(32, 1);
	emit(106);
	emit(33, 5);
	emit(2, 64);
	emit(3, 64);
	emit(32, 4);
	emit(32, 5);
	emit(78);
	emit(13, 1);
	emit(32, 2);
	emit(66, 1);
	emit(134);
	emit(32, 4);
	emit(45, 0, 0);
	emit(65, 3);
	emit(116);
	emit(41, 3, 0);
	emit(124);
	emit(34, 2);
	emit(32, 3);
	emit(131);
	emit(80);
	emit(4, 64);
	emit(65, ...toSignedLeb128(HASH_OFFSET));
	emit(32, 2);
	emit(55, 3, 0);
	emit(32, 4);
	emit(32, 0);
	emit(107);
	emit(65, 1);
	emit(106);
	emit(15);
	emit(11);
	emit(32, 4);
	emit(65, 1);
	emit(106);
	emit(33, 4);
	emit(12, 0);
	emit(11);
	emit(11);
	emit(65, ...toSignedLeb128(HASH_OFFSET));
	emit(32, 2);
	emit(55, 3, 0);
	emit(65, 127);
	emit(11);
	const bsPatch = toLebU32Padded5(code.length - bodyStart);
	for (let i = 0; i < 5; i++) code[funcSizeOff + i] = bsPatch[i];
	const ssPatch = toLebU32Padded5(code.length - sectionSizeOff - 5);
	for (let i = 0; i < 5; i++) code[sectionSizeOff + i] = ssPatch[i];
	return new Uint8Array(code);
}
function initWasm() {
	if (wasmFn) return;
	const bytes = generateWasmBytes();
	wasmMemory = new WebAssembly.Memory({ initial: PAGES });
	const module = new WebAssembly.Module(bytes);
	wasmFn = new WebAssembly.Instance(module, { js: { mem: wasmMemory } }).exports.nextMatch;
	wasmView = new Uint8Array(wasmMemory.buffer);
	const dv = new DataView(wasmMemory.buffer);
	for (let i = 0; i < 256; i++) dv.setBigUint64(0 + i * 8, GEAR_TABLE[i], true);
}
function wasmNextMatch(inputStart, inputLen) {
	return wasmFn(inputStart, inputLen);
}
function getView() {
	return wasmView;
}
// node_modules/gearhash-jit/dist/esm/index.js
/**
* gearhash-jit — Fast GEAR rolling hash for content-defined chunking.
*
* Uses a tiny hand-written WASM module with native i64 arithmetic.
* The hash state is kept as raw bytes in JS (avoiding BigInt in the hot path)
* and written to WASM memory only for the `nextMatch` call.
*/
var Hasher$1 = class {
	maskBytes;
	/**
	* The current 64-bit rolling hash state as 8 little-endian bytes.
	* Updated after every `nextMatch` call. Zeroed by `resetHash()`.
	*/
	hash;
	constructor(mask) {
		initWasm();
		this.maskBytes = /* @__PURE__ */ new Uint8Array(8);
		this.hash = /* @__PURE__ */ new Uint8Array(8);
		new DataView(this.maskBytes.buffer).setBigUint64(0, mask, true);
	}
	/**
	* Scan `buf` for the next gear-hash match. The internal hash state
	* carries over between calls (for split-buffer scanning).
	*
	* @returns 1-based byte position of the match, or -1 if none found.
	*/
	nextMatch(buf) {
		const len = buf.length;
		if (len === 0) return -1;
		if (len > 520192) throw new RangeError(`Input too large: ${len} > ${MAX_INPUT_SIZE}`);
		const view = getView();
		view.set(this.hash, HASH_OFFSET);
		view.set(this.maskBytes, MASK_OFFSET);
		view.set(buf, INPUT_OFFSET);
		const pos = wasmNextMatch(INPUT_OFFSET, len);
		this.hash.set(view.subarray(HASH_OFFSET, 2056));
		return pos;
	}
	/** Reset rolling hash to zero (call when starting a new chunk). */
	resetHash() {
		this.hash.fill(0);
	}
};
// node_modules/@huggingface/blake3-jit/dist/esm/compress.js
/**
* BLAKE3 Compression Function - Highly Optimized
*
* Optimization techniques applied (from Fleek Network case study):
* 1. Use 16 SMI variables for state instead of TypedArray
* 2. Use 16 SMI variables for message words
* 3. Fully inlined G function (no function call overhead)
* 4. Use `| 0` for integer coercion (forces V8 to use 32-bit ALU)
* 5. Hardcoded permutation swaps using only 2 temporary variables
* 6. Offset-based access pattern (avoid creating new views)
*
* The compression function takes:
* - cv: 8-word chaining value
* - block: 16-word message block (64 bytes)
* - counter: 64-bit block counter
* - blockLen: number of input bytes in this block
* - flags: domain separation flags
*
* And outputs 8 or 16 words depending on whether this is a root node.
*/
/**
* Compress a single block.
*
* This is the hot path - every optimization matters here.
*
* @param cv - Chaining value array
* @param cvOff - Offset into cv
* @param block - Message block words
* @param blockOff - Offset into block
* @param out - Output array (8 or 16 words)
* @param outOff - Offset into out
* @param full - If true, output all 16 words (for XOF); if false, output 8 words
* @param counter - 64-bit block counter
* @param blockLen - Number of bytes in this block (0-64)
* @param flags - Domain separation flags
*/
function compress$1(cv, cvOff, block, blockOff, out, outOff, full, counter, blockLen, flags) {
	let m0 = block[blockOff] | 0;
	let m1 = block[blockOff + 1] | 0;
	let m2 = block[blockOff + 2] | 0;
	let m3 = block[blockOff + 3] | 0;
	let m4 = block[blockOff + 4] | 0;
	let m5 = block[blockOff + 5] | 0;
	let m6 = block[blockOff + 6] | 0;
	let m7 = block[blockOff + 7] | 0;
	let m8 = block[blockOff + 8] | 0;
	let m9 = block[blockOff + 9] | 0;
	let m10 = block[blockOff + 10] | 0;
	let m11 = block[blockOff + 11] | 0;
	let m12 = block[blockOff + 12] | 0;
	let m13 = block[blockOff + 13] | 0;
	let m14 = block[blockOff + 14] | 0;
	let m15 = block[blockOff + 15] | 0;
	let s0 = cv[cvOff] | 0;
	let s1 = cv[cvOff + 1] | 0;
	let s2 = cv[cvOff + 2] | 0;
	let s3 = cv[cvOff + 3] | 0;
	let s4 = cv[cvOff + 4] | 0;
	let s5 = cv[cvOff + 5] | 0;
	let s6 = cv[cvOff + 6] | 0;
	let s7 = cv[cvOff + 7] | 0;
	let s8 = 1779033703;
	let s9 = 3144134277;
	let s10 = 1013904242;
	let s11 = 2773480762;
	let s12 = counter | 0;
	let s13 = counter / 4294967296 | 0;
	let s14 = blockLen | 0;
	let s15 = flags | 0;
	s0 = (s0 + s4 | 0) + m0 | 0;
	s12 ^= s0;
	s12 = s12 >>> 16 | s12 << 16;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 12 | s4 << 20;
	s0 = (s0 + s4 | 0) + m1 | 0;
	s12 ^= s0;
	s12 = s12 >>> 8 | s12 << 24;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 7 | s4 << 25;
	s1 = (s1 + s5 | 0) + m2 | 0;
	s13 ^= s1;
	s13 = s13 >>> 16 | s13 << 16;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 12 | s5 << 20;
	s1 = (s1 + s5 | 0) + m3 | 0;
	s13 ^= s1;
	s13 = s13 >>> 8 | s13 << 24;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 7 | s5 << 25;
	s2 = (s2 + s6 | 0) + m4 | 0;
	s14 ^= s2;
	s14 = s14 >>> 16 | s14 << 16;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 12 | s6 << 20;
	s2 = (s2 + s6 | 0) + m5 | 0;
	s14 ^= s2;
	s14 = s14 >>> 8 | s14 << 24;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 7 | s6 << 25;
	s3 = (s3 + s7 | 0) + m6 | 0;
	s15 ^= s3;
	s15 = s15 >>> 16 | s15 << 16;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 12 | s7 << 20;
	s3 = (s3 + s7 | 0) + m7 | 0;
	s15 ^= s3;
	s15 = s15 >>> 8 | s15 << 24;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 7 | s7 << 25;
	s0 = (s0 + s5 | 0) + m8 | 0;
	s15 ^= s0;
	s15 = s15 >>> 16 | s15 << 16;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 12 | s5 << 20;
	s0 = (s0 + s5 | 0) + m9 | 0;
	s15 ^= s0;
	s15 = s15 >>> 8 | s15 << 24;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 7 | s5 << 25;
	s1 = (s1 + s6 | 0) + m10 | 0;
	s12 ^= s1;
	s12 = s12 >>> 16 | s12 << 16;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 12 | s6 << 20;
	s1 = (s1 + s6 | 0) + m11 | 0;
	s12 ^= s1;
	s12 = s12 >>> 8 | s12 << 24;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 7 | s6 << 25;
	s2 = (s2 + s7 | 0) + m12 | 0;
	s13 ^= s2;
	s13 = s13 >>> 16 | s13 << 16;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 12 | s7 << 20;
	s2 = (s2 + s7 | 0) + m13 | 0;
	s13 ^= s2;
	s13 = s13 >>> 8 | s13 << 24;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 7 | s7 << 25;
	s3 = (s3 + s4 | 0) + m14 | 0;
	s14 ^= s3;
	s14 = s14 >>> 16 | s14 << 16;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 12 | s4 << 20;
	s3 = (s3 + s4 | 0) + m15 | 0;
	s14 ^= s3;
	s14 = s14 >>> 8 | s14 << 24;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 7 | s4 << 25;
	{
		const t0 = m0, t1 = m1;
		m0 = m2;
		m2 = m3;
		m3 = m10;
		m10 = m12;
		m12 = m9;
		m9 = m11;
		m11 = m5;
		m5 = t0;
		m1 = m6;
		m6 = m4;
		m4 = m7;
		m7 = m13;
		m13 = m14;
		m14 = m15;
		m15 = m8;
		m8 = t1;
	}
	s0 = (s0 + s4 | 0) + m0 | 0;
	s12 ^= s0;
	s12 = s12 >>> 16 | s12 << 16;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 12 | s4 << 20;
	s0 = (s0 + s4 | 0) + m1 | 0;
	s12 ^= s0;
	s12 = s12 >>> 8 | s12 << 24;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 7 | s4 << 25;
	s1 = (s1 + s5 | 0) + m2 | 0;
	s13 ^= s1;
	s13 = s13 >>> 16 | s13 << 16;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 12 | s5 << 20;
	s1 = (s1 + s5 | 0) + m3 | 0;
	s13 ^= s1;
	s13 = s13 >>> 8 | s13 << 24;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 7 | s5 << 25;
	s2 = (s2 + s6 | 0) + m4 | 0;
	s14 ^= s2;
	s14 = s14 >>> 16 | s14 << 16;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 12 | s6 << 20;
	s2 = (s2 + s6 | 0) + m5 | 0;
	s14 ^= s2;
	s14 = s14 >>> 8 | s14 << 24;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 7 | s6 << 25;
	s3 = (s3 + s7 | 0) + m6 | 0;
	s15 ^= s3;
	s15 = s15 >>> 16 | s15 << 16;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 12 | s7 << 20;
	s3 = (s3 + s7 | 0) + m7 | 0;
	s15 ^= s3;
	s15 = s15 >>> 8 | s15 << 24;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 7 | s7 << 25;
	s0 = (s0 + s5 | 0) + m8 | 0;
	s15 ^= s0;
	s15 = s15 >>> 16 | s15 << 16;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 12 | s5 << 20;
	s0 = (s0 + s5 | 0) + m9 | 0;
	s15 ^= s0;
	s15 = s15 >>> 8 | s15 << 24;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 7 | s5 << 25;
	s1 = (s1 + s6 | 0) + m10 | 0;
	s12 ^= s1;
	s12 = s12 >>> 16 | s12 << 16;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 12 | s6 << 20;
	s1 = (s1 + s6 | 0) + m11 | 0;
	s12 ^= s1;
	s12 = s12 >>> 8 | s12 << 24;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 7 | s6 << 25;
	s2 = (s2 + s7 | 0) + m12 | 0;
	s13 ^= s2;
	s13 = s13 >>> 16 | s13 << 16;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 12 | s7 << 20;
	s2 = (s2 + s7 | 0) + m13 | 0;
	s13 ^= s2;
	s13 = s13 >>> 8 | s13 << 24;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 7 | s7 << 25;
	s3 = (s3 + s4 | 0) + m14 | 0;
	s14 ^= s3;
	s14 = s14 >>> 16 | s14 << 16;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 12 | s4 << 20;
	s3 = (s3 + s4 | 0) + m15 | 0;
	s14 ^= s3;
	s14 = s14 >>> 8 | s14 << 24;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 7 | s4 << 25;
	{
		const t0 = m0, t1 = m1;
		m0 = m2;
		m2 = m3;
		m3 = m10;
		m10 = m12;
		m12 = m9;
		m9 = m11;
		m11 = m5;
		m5 = t0;
		m1 = m6;
		m6 = m4;
		m4 = m7;
		m7 = m13;
		m13 = m14;
		m14 = m15;
		m15 = m8;
		m8 = t1;
	}
	s0 = (s0 + s4 | 0) + m0 | 0;
	s12 ^= s0;
	s12 = s12 >>> 16 | s12 << 16;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 12 | s4 << 20;
	s0 = (s0 + s4 | 0) + m1 | 0;
	s12 ^= s0;
	s12 = s12 >>> 8 | s12 << 24;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 7 | s4 << 25;
	s1 = (s1 + s5 | 0) + m2 | 0;
	s13 ^= s1;
	s13 = s13 >>> 16 | s13 << 16;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 12 | s5 << 20;
	s1 = (s1 + s5 | 0) + m3 | 0;
	s13 ^= s1;
	s13 = s13 >>> 8 | s13 << 24;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 7 | s5 << 25;
	s2 = (s2 + s6 | 0) + m4 | 0;
	s14 ^= s2;
	s14 = s14 >>> 16 | s14 << 16;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 12 | s6 << 20;
	s2 = (s2 + s6 | 0) + m5 | 0;
	s14 ^= s2;
	s14 = s14 >>> 8 | s14 << 24;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 7 | s6 << 25;
	s3 = (s3 + s7 | 0) + m6 | 0;
	s15 ^= s3;
	s15 = s15 >>> 16 | s15 << 16;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 12 | s7 << 20;
	s3 = (s3 + s7 | 0) + m7 | 0;
	s15 ^= s3;
	s15 = s15 >>> 8 | s15 << 24;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 7 | s7 << 25;
	s0 = (s0 + s5 | 0) + m8 | 0;
	s15 ^= s0;
	s15 = s15 >>> 16 | s15 << 16;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 12 | s5 << 20;
	s0 = (s0 + s5 | 0) + m9 | 0;
	s15 ^= s0;
	s15 = s15 >>> 8 | s15 << 24;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 7 | s5 << 25;
	s1 = (s1 + s6 | 0) + m10 | 0;
	s12 ^= s1;
	s12 = s12 >>> 16 | s12 << 16;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 12 | s6 << 20;
	s1 = (s1 + s6 | 0) + m11 | 0;
	s12 ^= s1;
	s12 = s12 >>> 8 | s12 << 24;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 7 | s6 << 25;
	s2 = (s2 + s7 | 0) + m12 | 0;
	s13 ^= s2;
	s13 = s13 >>> 16 | s13 << 16;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 12 | s7 << 20;
	s2 = (s2 + s7 | 0) + m13 | 0;
	s13 ^= s2;
	s13 = s13 >>> 8 | s13 << 24;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 7 | s7 << 25;
	s3 = (s3 + s4 | 0) + m14 | 0;
	s14 ^= s3;
	s14 = s14 >>> 16 | s14 << 16;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 12 | s4 << 20;
	s3 = (s3 + s4 | 0) + m15 | 0;
	s14 ^= s3;
	s14 = s14 >>> 8 | s14 << 24;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 7 | s4 << 25;
	{
		const t0 = m0, t1 = m1;
		m0 = m2;
		m2 = m3;
		m3 = m10;
		m10 = m12;
		m12 = m9;
		m9 = m11;
		m11 = m5;
		m5 = t0;
		m1 = m6;
		m6 = m4;
		m4 = m7;
		m7 = m13;
		m13 = m14;
		m14 = m15;
		m15 = m8;
		m8 = t1;
	}
	s0 = (s0 + s4 | 0) + m0 | 0;
	s12 ^= s0;
	s12 = s12 >>> 16 | s12 << 16;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 12 | s4 << 20;
	s0 = (s0 + s4 | 0) + m1 | 0;
	s12 ^= s0;
	s12 = s12 >>> 8 | s12 << 24;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 7 | s4 << 25;
	s1 = (s1 + s5 | 0) + m2 | 0;
	s13 ^= s1;
	s13 = s13 >>> 16 | s13 << 16;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 12 | s5 << 20;
	s1 = (s1 + s5 | 0) + m3 | 0;
	s13 ^= s1;
	s13 = s13 >>> 8 | s13 << 24;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 7 | s5 << 25;
	s2 = (s2 + s6 | 0) + m4 | 0;
	s14 ^= s2;
	s14 = s14 >>> 16 | s14 << 16;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 12 | s6 << 20;
	s2 = (s2 + s6 | 0) + m5 | 0;
	s14 ^= s2;
	s14 = s14 >>> 8 | s14 << 24;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 7 | s6 << 25;
	s3 = (s3 + s7 | 0) + m6 | 0;
	s15 ^= s3;
	s15 = s15 >>> 16 | s15 << 16;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 12 | s7 << 20;
	s3 = (s3 + s7 | 0) + m7 | 0;
	s15 ^= s3;
	s15 = s15 >>> 8 | s15 << 24;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 7 | s7 << 25;
	s0 = (s0 + s5 | 0) + m8 | 0;
	s15 ^= s0;
	s15 = s15 >>> 16 | s15 << 16;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 12 | s5 << 20;
	s0 = (s0 + s5 | 0) + m9 | 0;
	s15 ^= s0;
	s15 = s15 >>> 8 | s15 << 24;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 7 | s5 << 25;
	s1 = (s1 + s6 | 0) + m10 | 0;
	s12 ^= s1;
	s12 = s12 >>> 16 | s12 << 16;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 12 | s6 << 20;
	s1 = (s1 + s6 | 0) + m11 | 0;
	s12 ^= s1;
	s12 = s12 >>> 8 | s12 << 24;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 7 | s6 << 25;
	s2 = (s2 + s7 | 0) + m12 | 0;
	s13 ^= s2;
	s13 = s13 >>> 16 | s13 << 16;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 12 | s7 << 20;
	s2 = (s2 + s7 | 0) + m13 | 0;
	s13 ^= s2;
	s13 = s13 >>> 8 | s13 << 24;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 7 | s7 << 25;
	s3 = (s3 + s4 | 0) + m14 | 0;
	s14 ^= s3;
	s14 = s14 >>> 16 | s14 << 16;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 12 | s4 << 20;
	s3 = (s3 + s4 | 0) + m15 | 0;
	s14 ^= s3;
	s14 = s14 >>> 8 | s14 << 24;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 7 | s4 << 25;
	{
		const t0 = m0, t1 = m1;
		m0 = m2;
		m2 = m3;
		m3 = m10;
		m10 = m12;
		m12 = m9;
		m9 = m11;
		m11 = m5;
		m5 = t0;
		m1 = m6;
		m6 = m4;
		m4 = m7;
		m7 = m13;
		m13 = m14;
		m14 = m15;
		m15 = m8;
		m8 = t1;
	}
	s0 = (s0 + s4 | 0) + m0 | 0;
	s12 ^= s0;
	s12 = s12 >>> 16 | s12 << 16;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 12 | s4 << 20;
	s0 = (s0 + s4 | 0) + m1 | 0;
	s12 ^= s0;
	s12 = s12 >>> 8 | s12 << 24;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 7 | s4 << 25;
	s1 = (s1 + s5 | 0) + m2 | 0;
	s13 ^= s1;
	s13 = s13 >>> 16 | s13 << 16;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 12 | s5 << 20;
	s1 = (s1 + s5 | 0) + m3 | 0;
	s13 ^= s1;
	s13 = s13 >>> 8 | s13 << 24;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 7 | s5 << 25;
	s2 = (s2 + s6 | 0) + m4 | 0;
	s14 ^= s2;
	s14 = s14 >>> 16 | s14 << 16;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 12 | s6 << 20;
	s2 = (s2 + s6 | 0) + m5 | 0;
	s14 ^= s2;
	s14 = s14 >>> 8 | s14 << 24;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 7 | s6 << 25;
	s3 = (s3 + s7 | 0) + m6 | 0;
	s15 ^= s3;
	s15 = s15 >>> 16 | s15 << 16;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 12 | s7 << 20;
	s3 = (s3 + s7 | 0) + m7 | 0;
	s15 ^= s3;
	s15 = s15 >>> 8 | s15 << 24;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 7 | s7 << 25;
	s0 = (s0 + s5 | 0) + m8 | 0;
	s15 ^= s0;
	s15 = s15 >>> 16 | s15 << 16;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 12 | s5 << 20;
	s0 = (s0 + s5 | 0) + m9 | 0;
	s15 ^= s0;
	s15 = s15 >>> 8 | s15 << 24;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 7 | s5 << 25;
	s1 = (s1 + s6 | 0) + m10 | 0;
	s12 ^= s1;
	s12 = s12 >>> 16 | s12 << 16;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 12 | s6 << 20;
	s1 = (s1 + s6 | 0) + m11 | 0;
	s12 ^= s1;
	s12 = s12 >>> 8 | s12 << 24;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 7 | s6 << 25;
	s2 = (s2 + s7 | 0) + m12 | 0;
	s13 ^= s2;
	s13 = s13 >>> 16 | s13 << 16;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 12 | s7 << 20;
	s2 = (s2 + s7 | 0) + m13 | 0;
	s13 ^= s2;
	s13 = s13 >>> 8 | s13 << 24;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 7 | s7 << 25;
	s3 = (s3 + s4 | 0) + m14 | 0;
	s14 ^= s3;
	s14 = s14 >>> 16 | s14 << 16;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 12 | s4 << 20;
	s3 = (s3 + s4 | 0) + m15 | 0;
	s14 ^= s3;
	s14 = s14 >>> 8 | s14 << 24;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 7 | s4 << 25;
	{
		const t0 = m0, t1 = m1;
		m0 = m2;
		m2 = m3;
		m3 = m10;
		m10 = m12;
		m12 = m9;
		m9 = m11;
		m11 = m5;
		m5 = t0;
		m1 = m6;
		m6 = m4;
		m4 = m7;
		m7 = m13;
		m13 = m14;
		m14 = m15;
		m15 = m8;
		m8 = t1;
	}
	s0 = (s0 + s4 | 0) + m0 | 0;
	s12 ^= s0;
	s12 = s12 >>> 16 | s12 << 16;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 12 | s4 << 20;
	s0 = (s0 + s4 | 0) + m1 | 0;
	s12 ^= s0;
	s12 = s12 >>> 8 | s12 << 24;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 7 | s4 << 25;
	s1 = (s1 + s5 | 0) + m2 | 0;
	s13 ^= s1;
	s13 = s13 >>> 16 | s13 << 16;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 12 | s5 << 20;
	s1 = (s1 + s5 | 0) + m3 | 0;
	s13 ^= s1;
	s13 = s13 >>> 8 | s13 << 24;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 7 | s5 << 25;
	s2 = (s2 + s6 | 0) + m4 | 0;
	s14 ^= s2;
	s14 = s14 >>> 16 | s14 << 16;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 12 | s6 << 20;
	s2 = (s2 + s6 | 0) + m5 | 0;
	s14 ^= s2;
	s14 = s14 >>> 8 | s14 << 24;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 7 | s6 << 25;
	s3 = (s3 + s7 | 0) + m6 | 0;
	s15 ^= s3;
	s15 = s15 >>> 16 | s15 << 16;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 12 | s7 << 20;
	s3 = (s3 + s7 | 0) + m7 | 0;
	s15 ^= s3;
	s15 = s15 >>> 8 | s15 << 24;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 7 | s7 << 25;
	s0 = (s0 + s5 | 0) + m8 | 0;
	s15 ^= s0;
	s15 = s15 >>> 16 | s15 << 16;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 12 | s5 << 20;
	s0 = (s0 + s5 | 0) + m9 | 0;
	s15 ^= s0;
	s15 = s15 >>> 8 | s15 << 24;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 7 | s5 << 25;
	s1 = (s1 + s6 | 0) + m10 | 0;
	s12 ^= s1;
	s12 = s12 >>> 16 | s12 << 16;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 12 | s6 << 20;
	s1 = (s1 + s6 | 0) + m11 | 0;
	s12 ^= s1;
	s12 = s12 >>> 8 | s12 << 24;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 7 | s6 << 25;
	s2 = (s2 + s7 | 0) + m12 | 0;
	s13 ^= s2;
	s13 = s13 >>> 16 | s13 << 16;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 12 | s7 << 20;
	s2 = (s2 + s7 | 0) + m13 | 0;
	s13 ^= s2;
	s13 = s13 >>> 8 | s13 << 24;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 7 | s7 << 25;
	s3 = (s3 + s4 | 0) + m14 | 0;
	s14 ^= s3;
	s14 = s14 >>> 16 | s14 << 16;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 12 | s4 << 20;
	s3 = (s3 + s4 | 0) + m15 | 0;
	s14 ^= s3;
	s14 = s14 >>> 8 | s14 << 24;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 7 | s4 << 25;
	{
		const t0 = m0, t1 = m1;
		m0 = m2;
		m2 = m3;
		m3 = m10;
		m10 = m12;
		m12 = m9;
		m9 = m11;
		m11 = m5;
		m5 = t0;
		m1 = m6;
		m6 = m4;
		m4 = m7;
		m7 = m13;
		m13 = m14;
		m14 = m15;
		m15 = m8;
		m8 = t1;
	}
	s0 = (s0 + s4 | 0) + m0 | 0;
	s12 ^= s0;
	s12 = s12 >>> 16 | s12 << 16;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 12 | s4 << 20;
	s0 = (s0 + s4 | 0) + m1 | 0;
	s12 ^= s0;
	s12 = s12 >>> 8 | s12 << 24;
	s8 = s8 + s12 | 0;
	s4 ^= s8;
	s4 = s4 >>> 7 | s4 << 25;
	s1 = (s1 + s5 | 0) + m2 | 0;
	s13 ^= s1;
	s13 = s13 >>> 16 | s13 << 16;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 12 | s5 << 20;
	s1 = (s1 + s5 | 0) + m3 | 0;
	s13 ^= s1;
	s13 = s13 >>> 8 | s13 << 24;
	s9 = s9 + s13 | 0;
	s5 ^= s9;
	s5 = s5 >>> 7 | s5 << 25;
	s2 = (s2 + s6 | 0) + m4 | 0;
	s14 ^= s2;
	s14 = s14 >>> 16 | s14 << 16;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 12 | s6 << 20;
	s2 = (s2 + s6 | 0) + m5 | 0;
	s14 ^= s2;
	s14 = s14 >>> 8 | s14 << 24;
	s10 = s10 + s14 | 0;
	s6 ^= s10;
	s6 = s6 >>> 7 | s6 << 25;
	s3 = (s3 + s7 | 0) + m6 | 0;
	s15 ^= s3;
	s15 = s15 >>> 16 | s15 << 16;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 12 | s7 << 20;
	s3 = (s3 + s7 | 0) + m7 | 0;
	s15 ^= s3;
	s15 = s15 >>> 8 | s15 << 24;
	s11 = s11 + s15 | 0;
	s7 ^= s11;
	s7 = s7 >>> 7 | s7 << 25;
	s0 = (s0 + s5 | 0) + m8 | 0;
	s15 ^= s0;
	s15 = s15 >>> 16 | s15 << 16;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 12 | s5 << 20;
	s0 = (s0 + s5 | 0) + m9 | 0;
	s15 ^= s0;
	s15 = s15 >>> 8 | s15 << 24;
	s10 = s10 + s15 | 0;
	s5 ^= s10;
	s5 = s5 >>> 7 | s5 << 25;
	s1 = (s1 + s6 | 0) + m10 | 0;
	s12 ^= s1;
	s12 = s12 >>> 16 | s12 << 16;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 12 | s6 << 20;
	s1 = (s1 + s6 | 0) + m11 | 0;
	s12 ^= s1;
	s12 = s12 >>> 8 | s12 << 24;
	s11 = s11 + s12 | 0;
	s6 ^= s11;
	s6 = s6 >>> 7 | s6 << 25;
	s2 = (s2 + s7 | 0) + m12 | 0;
	s13 ^= s2;
	s13 = s13 >>> 16 | s13 << 16;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 12 | s7 << 20;
	s2 = (s2 + s7 | 0) + m13 | 0;
	s13 ^= s2;
	s13 = s13 >>> 8 | s13 << 24;
	s8 = s8 + s13 | 0;
	s7 ^= s8;
	s7 = s7 >>> 7 | s7 << 25;
	s3 = (s3 + s4 | 0) + m14 | 0;
	s14 ^= s3;
	s14 = s14 >>> 16 | s14 << 16;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 12 | s4 << 20;
	s3 = (s3 + s4 | 0) + m15 | 0;
	s14 ^= s3;
	s14 = s14 >>> 8 | s14 << 24;
	s9 = s9 + s14 | 0;
	s4 ^= s9;
	s4 = s4 >>> 7 | s4 << 25;
	if (full) {
		out[outOff + 8] = s8 ^ cv[cvOff];
		out[outOff + 9] = s9 ^ cv[cvOff + 1];
		out[outOff + 10] = s10 ^ cv[cvOff + 2];
		out[outOff + 11] = s11 ^ cv[cvOff + 3];
		out[outOff + 12] = s12 ^ cv[cvOff + 4];
		out[outOff + 13] = s13 ^ cv[cvOff + 5];
		out[outOff + 14] = s14 ^ cv[cvOff + 6];
		out[outOff + 15] = s15 ^ cv[cvOff + 7];
	}
	out[outOff] = s0 ^ s8;
	out[outOff + 1] = s1 ^ s9;
	out[outOff + 2] = s2 ^ s10;
	out[outOff + 3] = s3 ^ s11;
	out[outOff + 4] = s4 ^ s12;
	out[outOff + 5] = s5 ^ s13;
	out[outOff + 6] = s6 ^ s14;
	out[outOff + 7] = s7 ^ s15;
}
// node_modules/@huggingface/blake3-jit/dist/esm/constants.js
/**
* BLAKE3 Constants
*
* IV values are the same as SHA-256: first 32 bits of the fractional parts
* of the square roots of the first 8 primes (2..19)
*/
const IV = new Uint32Array([
	1779033703,
	3144134277,
	1013904242,
	2773480762,
	1359893119,
	2600822924,
	528734635,
	1541459225
]);
const CHUNK_LEN = 1024;
new Uint8Array([
	0,
	1,
	2,
	3,
	4,
	5,
	6,
	7,
	8,
	9,
	10,
	11,
	12,
	13,
	14,
	15,
	2,
	6,
	3,
	10,
	7,
	0,
	4,
	13,
	1,
	11,
	12,
	5,
	9,
	14,
	15,
	8,
	3,
	4,
	10,
	12,
	13,
	2,
	7,
	14,
	6,
	5,
	9,
	0,
	11,
	15,
	8,
	1,
	10,
	7,
	12,
	9,
	14,
	3,
	13,
	15,
	4,
	0,
	11,
	2,
	5,
	8,
	1,
	6,
	12,
	13,
	9,
	11,
	15,
	10,
	14,
	8,
	7,
	2,
	5,
	3,
	0,
	1,
	6,
	4,
	9,
	14,
	11,
	5,
	8,
	12,
	15,
	1,
	13,
	3,
	0,
	10,
	2,
	6,
	4,
	7,
	11,
	15,
	5,
	0,
	1,
	9,
	8,
	6,
	14,
	10,
	2,
	12,
	3,
	4,
	7,
	13
]);
// node_modules/@huggingface/blake3-jit/dist/esm/utils.js
/**
* BLAKE3 Utility Functions
*
* Optimized for little-endian systems (most user-facing systems).
* BLAKE3 is little-endian friendly - on little-endian systems we can
* create Uint32Array views directly over input buffers.
*/
/**
* Detect system endianness at module load time.
* On little-endian systems, the byte 0x01 will be at index 0.
*/
const IS_LITTLE_ENDIAN = new Uint8Array(new Uint32Array([16909060]).buffer)[0] === 4;
/**
* Read 16 little-endian 32-bit words from a byte array into a Uint32Array.
* This is only needed on big-endian systems.
*
* @param input - Source byte array
* @param offset - Starting byte offset in input
* @param words - Destination Uint32Array (must have at least 16 elements)
*/
function readLittleEndianWordsFull(input, offset, words) {
	for (let i = 0; i < 16; ++i, offset += 4) words[i] = input[offset] | input[offset + 1] << 8 | input[offset + 2] << 16 | input[offset + 3] << 24;
}
/**
* Write N bytes from 32-bit words to output.
* Used for variable-length output (XOF mode).
*
* @param words - Source Uint32Array
* @param wordOffset - Starting word offset
* @param output - Destination byte array
* @param byteOffset - Starting byte offset in destination
* @param byteCount - Number of bytes to write
*/
function writeLittleEndianBytesPartial(words, wordOffset, output, byteOffset, byteCount) {
	const fullWords = byteCount >>> 2;
	let i = 0;
	for (; i < fullWords; ++i, byteOffset += 4) {
		const w = words[wordOffset + i];
		output[byteOffset] = w & 255;
		output[byteOffset + 1] = w >>> 8 & 255;
		output[byteOffset + 2] = w >>> 16 & 255;
		output[byteOffset + 3] = w >>> 24 & 255;
	}
	const remaining = byteCount & 3;
	if (remaining > 0) {
		const w = words[wordOffset + i];
		output[byteOffset] = w & 255;
		if (remaining > 1) output[byteOffset + 1] = w >>> 8 & 255;
		if (remaining > 2) output[byteOffset + 2] = w >>> 16 & 255;
	}
}
/**
* Encode a UTF-8 string to Uint8Array.
* Used for derive_key context strings.
*/
function encodeUTF8(str) {
	if (typeof TextEncoder !== "undefined") return new TextEncoder().encode(str);
	const bytes = [];
	for (let i = 0; i < str.length; i++) {
		let c = str.charCodeAt(i);
		if (c < 128) bytes.push(c);
		else if (c < 2048) bytes.push(192 | c >> 6, 128 | c & 63);
		else if (c < 55296 || c >= 57344) bytes.push(224 | c >> 12, 128 | c >> 6 & 63, 128 | c & 63);
		else {
			i++;
			c = 65536 + ((c & 1023) << 10 | str.charCodeAt(i) & 1023);
			bytes.push(240 | c >> 18, 128 | c >> 12 & 63, 128 | c >> 6 & 63, 128 | c & 63);
		}
	}
	return new Uint8Array(bytes);
}
new Uint8Array([
	0,
	1,
	28,
	2,
	29,
	14,
	24,
	3,
	30,
	22,
	20,
	15,
	25,
	17,
	4,
	8,
	31,
	27,
	13,
	23,
	21,
	19,
	16,
	7,
	26,
	12,
	18,
	6,
	11,
	5,
	10,
	9
]);
// node_modules/@huggingface/blake3-jit/dist/esm/hasher.js
/**
* BLAKE3 Hasher - Incremental hashing with support for all modes
*
* Supports:
* - Regular hashing
* - Keyed hashing (MAC)
* - Key derivation (derive_key)
* - XOF (eXtendable Output Function) mode
*/
/**
* Output state for XOF (eXtendable Output Function) mode.
* Allows reading arbitrary amounts of output.
*/
var XofReader = class {
	inputCv;
	blockWords;
	counter;
	blockLen;
	flags;
	outputBlock;
	outputBlockOffset;
	constructor(inputCv, blockWords, counter, blockLen, flags) {
		this.inputCv = inputCv;
		this.blockWords = blockWords;
		this.counter = counter;
		this.blockLen = blockLen;
		this.flags = flags | 8;
		this.outputBlock = /* @__PURE__ */ new Uint32Array(16);
		this.outputBlockOffset = 64;
	}
	/**
	* Read the next `length` bytes of output.
	*/
	read(length) {
		const output = new Uint8Array(length);
		let outputOffset = 0;
		while (outputOffset < length) {
			if (this.outputBlockOffset >= 64) {
				compress$1(this.inputCv, 0, this.blockWords, 0, this.outputBlock, 0, true, this.counter++, this.blockLen, this.flags);
				this.outputBlockOffset = 0;
			}
			const available = 64 - this.outputBlockOffset;
			const toCopy = Math.min(available, length - outputOffset);
			const wordOffset = this.outputBlockOffset >>> 2;
			if ((this.outputBlockOffset & 3) === 0 && toCopy >= 4) {
				const fullWords = toCopy >>> 2;
				writeLittleEndianBytesPartial(this.outputBlock, wordOffset, output, outputOffset, fullWords << 2);
				const bytesCopied = fullWords << 2;
				outputOffset += bytesCopied;
				this.outputBlockOffset += bytesCopied;
			} else {
				for (let i = 0; i < toCopy; i++) {
					const wordIdx = this.outputBlockOffset + i >>> 2;
					const byteIdx = this.outputBlockOffset + i & 3;
					output[outputOffset + i] = this.outputBlock[wordIdx] >>> (byteIdx << 3) & 255;
				}
				outputOffset += toCopy;
				this.outputBlockOffset += toCopy;
			}
		}
		return output;
	}
};
/**
* Chunk state for processing input data.
* Each chunk is 1024 bytes and produces an 8-word chaining value.
*/
var ChunkState = class {
	chainingValue;
	chunkCounter;
	blockWords;
	blockLen;
	blocksCompressed;
	flags;
	constructor(keyWords, chunkCounter, flags) {
		this.chainingValue = new Uint32Array(keyWords);
		this.chunkCounter = chunkCounter;
		this.blockWords = /* @__PURE__ */ new Uint32Array(16);
		this.blockLen = 0;
		this.blocksCompressed = 0;
		this.flags = flags;
	}
	resetTo(keyWords, chunkCounter, flags) {
		this.chainingValue.set(keyWords);
		this.chunkCounter = chunkCounter;
		this.blockLen = 0;
		this.blocksCompressed = 0;
		this.flags = flags;
	}
	/**
	* Get the flags for the current block.
	*/
	startFlag() {
		return this.blocksCompressed === 0 ? 1 : 0;
	}
	/**
	* Update the chunk state with input data.
	* Returns the number of bytes consumed.
	*/
	update(input, inputOffset, inputLen) {
		let consumed = 0;
		while (inputLen > 0) {
			if (this.blockLen === 64) {
				compress$1(this.chainingValue, 0, this.blockWords, 0, this.chainingValue, 0, false, this.chunkCounter, 64, this.flags | this.startFlag());
				this.blocksCompressed++;
				this.blockLen = 0;
			}
			const want = 64 - this.blockLen;
			const take = Math.min(want, inputLen);
			if (this.blockLen === 0 && take === 64) readLittleEndianWordsFull(input, inputOffset, this.blockWords);
			else for (let i = 0; i < take; i++) {
				const pos = this.blockLen + i;
				const wordIdx = pos >>> 2;
				const byteIdx = pos & 3;
				if (byteIdx === 0) this.blockWords[wordIdx] = input[inputOffset + i];
				else this.blockWords[wordIdx] |= input[inputOffset + i] << (byteIdx << 3);
			}
			this.blockLen += take;
			inputOffset += take;
			inputLen -= take;
			consumed += take;
		}
		return consumed;
	}
	/**
	* Finalize this chunk and return its output.
	* Returns 8 words (chaining value) or 16 words (if root).
	*/
	output() {
		const usedWords = this.blockLen + 3 >>> 2;
		for (let i = usedWords; i < 16; i++) this.blockWords[i] = 0;
		return {
			inputCv: this.chainingValue,
			blockWords: this.blockWords,
			blockLen: this.blockLen,
			counter: this.chunkCounter,
			flags: this.flags | this.startFlag() | 2
		};
	}
	/**
	* Get the number of bytes in this chunk.
	*/
	len() {
		return this.blocksCompressed * 64 + this.blockLen;
	}
};
/**
* Main BLAKE3 Hasher class.
*
* Usage:
*   const hasher = new Hasher();
*   hasher.update(data);
*   const hash = hasher.finalize();
*
* Or with chaining:
*   const hash = new Hasher().update(data).finalize();
*/
var Hasher = class Hasher {
	chunkState;
	keyWords;
	cvStack;
	cvStackLen;
	flags;
	parentBlock;
	parentCv;
	chunkCv;
	outWords;
	finalizeCv;
	/**
	* Create a new Hasher.
	*
	* @param keyWords - Initial key words (IV for regular hashing)
	* @param flags - Domain separation flags
	*/
	constructor(keyWords, flags) {
		this.keyWords = keyWords ? new Uint32Array(keyWords) : new Uint32Array(IV);
		this.flags = flags ?? 0;
		this.chunkState = new ChunkState(this.keyWords, 0, this.flags);
		this.cvStack = /* @__PURE__ */ new Uint32Array(432);
		this.cvStackLen = 0;
		this.parentBlock = /* @__PURE__ */ new Uint32Array(16);
		this.parentCv = /* @__PURE__ */ new Uint32Array(8);
		this.chunkCv = /* @__PURE__ */ new Uint32Array(8);
		this.outWords = /* @__PURE__ */ new Uint32Array(16);
		this.finalizeCv = /* @__PURE__ */ new Uint32Array(8);
	}
	/**
	* Reset the hasher to process a new message with the same key/flags.
	* Reuses all internal buffers — zero allocations.
	*/
	reset() {
		this.chunkState.resetTo(this.keyWords, 0, this.flags);
		this.cvStackLen = 0;
		return this;
	}
	/**
	* Create a new keyed hasher (MAC).
	*
	* @param key - 32-byte key
	*/
	static newKeyed(key) {
		if (key.length !== 32) throw new Error(`Key must be 32 bytes, got ${key.length}`);
		const keyWords = /* @__PURE__ */ new Uint32Array(8);
		if (IS_LITTLE_ENDIAN) {
			const view = new Uint32Array(key.buffer, key.byteOffset, 8);
			keyWords.set(view);
		} else for (let i = 0; i < 8; i++) {
			const off = i * 4;
			keyWords[i] = key[off] | key[off + 1] << 8 | key[off + 2] << 16 | key[off + 3] << 24;
		}
		return new Hasher(keyWords, 16);
	}
	/**
	* Create a new key derivation hasher.
	*
	* @param context - Context string for domain separation
	*/
	static newDeriveKey(context) {
		const contextBytes = encodeUTF8(context);
		const contextHasher = new Hasher(new Uint32Array(IV), 32);
		contextHasher.update(contextBytes);
		const contextKey = /* @__PURE__ */ new Uint32Array(8);
		const output = contextHasher.finalizeOutput();
		compress$1(output.inputCv, 0, output.blockWords, 0, contextKey, 0, false, output.counter, output.blockLen, output.flags | 8);
		return new Hasher(contextKey, 64);
	}
	/**
	* Push a chaining value onto the stack.
	*/
	pushCv(cv, cvOffset) {
		this.cvStack.set(cv.subarray(cvOffset, cvOffset + 8), this.cvStackLen * 8);
		this.cvStackLen++;
	}
	/**
	* Pop a chaining value from the stack.
	*/
	popCv(out, outOffset) {
		this.cvStackLen--;
		out.set(this.cvStack.subarray(this.cvStackLen * 8, (this.cvStackLen + 1) * 8), outOffset);
	}
	/**
	* Add a chunk's chaining value and merge completed subtrees.
	*/
	addChunkCv(newCv, newCvOffset, totalChunks) {
		const parentBlock = this.parentBlock;
		const parentCv = this.parentCv;
		while ((totalChunks & 1) === 0) {
			this.popCv(parentBlock, 0);
			parentBlock.set(newCv.subarray(newCvOffset, newCvOffset + 8), 8);
			compress$1(this.keyWords, 0, parentBlock, 0, parentCv, 0, false, 0, 64, this.flags | 4);
			newCv = parentCv;
			newCvOffset = 0;
			totalChunks >>>= 1;
		}
		this.pushCv(newCv, newCvOffset);
	}
	/**
	* Update the hasher with input data.
	*
	* @param input - Data to hash
	* @returns this (for chaining)
	*/
	update(input) {
		let inputOffset = 0;
		let inputLen = input.length;
		while (inputLen > 0) {
			if (this.chunkState.len() === 1024) {
				const output = this.chunkState.output();
				const chunkCv = this.chunkCv;
				compress$1(output.inputCv, 0, output.blockWords, 0, chunkCv, 0, false, output.counter, output.blockLen, output.flags);
				const totalChunks = this.chunkState.chunkCounter + 1;
				this.addChunkCv(chunkCv, 0, totalChunks);
				this.chunkState.resetTo(this.keyWords, totalChunks, this.flags);
			}
			const want = CHUNK_LEN - this.chunkState.len();
			const take = Math.min(want, inputLen);
			this.chunkState.update(input, inputOffset, take);
			inputOffset += take;
			inputLen -= take;
		}
		return this;
	}
	/**
	* Get the output parameters (for XOF mode or finalization).
	*/
	finalizeOutput() {
		let output = this.chunkState.output();
		let parentBlock = this.parentBlock;
		let cv = this.finalizeCv;
		if (this.cvStackLen > 0) {
			compress$1(output.inputCv, 0, output.blockWords, 0, cv, 0, false, output.counter, output.blockLen, output.flags);
			while (this.cvStackLen > 0) {
				this.cvStackLen--;
				parentBlock.set(this.cvStack.subarray(this.cvStackLen * 8, (this.cvStackLen + 1) * 8), 0);
				parentBlock.set(cv, 8);
				if (this.cvStackLen > 0) compress$1(this.keyWords, 0, parentBlock, 0, cv, 0, false, 0, 64, this.flags | 4);
				else return {
					inputCv: this.keyWords,
					blockWords: parentBlock,
					blockLen: 64,
					counter: 0,
					flags: this.flags | 4
				};
			}
		}
		return output;
	}
	/**
	* Finalize the hash and return the result.
	*
	* @param outputLength - Number of bytes to output (default: 32)
	* @returns The hash output
	*/
	finalize(outputLength = 32) {
		const output = this.finalizeOutput();
		const result = new Uint8Array(outputLength);
		if (outputLength <= 64) {
			const outWords = this.outWords;
			compress$1(output.inputCv, 0, output.blockWords, 0, outWords, 0, outputLength > 32, output.counter, output.blockLen, output.flags | 8);
			if (IS_LITTLE_ENDIAN) {
				const outBytes = new Uint8Array(outWords.buffer);
				result.set(outBytes.subarray(0, outputLength));
			} else writeLittleEndianBytesPartial(outWords, 0, result, 0, outputLength);
		} else {
			const full = this.finalizeXof().read(outputLength);
			result.set(full);
		}
		return result;
	}
	/**
	* Finalize and return an XOF reader for arbitrary-length output.
	*/
	finalizeXof() {
		const output = this.finalizeOutput();
		return new XofReader(new Uint32Array(output.inputCv), new Uint32Array(output.blockWords), output.counter, output.blockLen, output.flags);
	}
};
// node_modules/@huggingface/xetchunk-wasm/dist/esm/xet-chunker.js
const TARGET_CHUNK_SIZE$1 = 65536;
const MINIMUM_CHUNK_DIVISOR = 8;
const MAXIMUM_CHUNK_MULTIPLIER = 2;
const HASH_WINDOW_SIZE = 64;
const BLAKE3_DATA_KEY = new Uint8Array([
	102,
	151,
	245,
	119,
	91,
	149,
	80,
	222,
	49,
	53,
	203,
	172,
	165,
	151,
	24,
	28,
	157,
	228,
	33,
	16,
	155,
	235,
	43,
	88,
	180,
	208,
	176,
	75,
	147,
	173,
	242,
	41
]);
var XetChunker = class {
	minimumChunk;
	maximumChunk;
	chunkBuf;
	curChunkLen;
	gear;
	blake3;
	constructor(targetChunkSize = TARGET_CHUNK_SIZE$1) {
		if (targetChunkSize <= 0) throw new Error("Target chunk size must be greater than 0");
		if ((targetChunkSize & targetChunkSize - 1) !== 0) throw new Error("Target chunk size must be a power of 2");
		if (targetChunkSize <= HASH_WINDOW_SIZE) throw new Error("Target chunk size must be greater than hash window size");
		if (targetChunkSize >= Number.MAX_SAFE_INTEGER) throw new Error("Target chunk size must be less than Number.MAX_SAFE_INTEGER");
		let mask = BigInt(targetChunkSize - 1);
		let leadingZeros = 0;
		for (let i = 63; i >= 0; i--) {
			if ((mask & 1n << BigInt(i)) !== 0n) break;
			leadingZeros++;
		}
		mask = mask << BigInt(leadingZeros);
		const maximumChunk = targetChunkSize * MAXIMUM_CHUNK_MULTIPLIER;
		this.minimumChunk = targetChunkSize / MINIMUM_CHUNK_DIVISOR;
		this.maximumChunk = maximumChunk;
		this.chunkBuf = new Uint8Array(maximumChunk);
		this.curChunkLen = 0;
		this.gear = new Hasher$1(mask);
		this.blake3 = Hasher.newKeyed(BLAKE3_DATA_KEY);
	}
	/**
	* Streaming entry point: accepts an arbitrary slice of data, accumulates
	* it, and emits a chunk when a boundary (or max size) is reached.
	* Data is copied into an internal buffer because it may span calls.
	*/
	next(data, isFinal) {
		const nBytes = data.length;
		let createChunk = false;
		let consumeLen = 0;
		if (nBytes !== 0) {
			if (this.curChunkLen + HASH_WINDOW_SIZE < this.minimumChunk) {
				const maxAdvance = Math.min(this.minimumChunk - this.curChunkLen - HASH_WINDOW_SIZE - 1, nBytes - consumeLen);
				consumeLen += maxAdvance;
				this.curChunkLen += maxAdvance;
			}
			const readEnd = Math.min(nBytes, consumeLen + this.maximumChunk - this.curChunkLen);
			let bytesToNextBoundary;
			const position = this.gear.nextMatch(data.subarray(consumeLen, readEnd));
			if (position !== -1) {
				bytesToNextBoundary = position;
				createChunk = true;
			} else bytesToNextBoundary = readEnd - consumeLen;
			if (bytesToNextBoundary + this.curChunkLen >= this.maximumChunk) {
				bytesToNextBoundary = this.maximumChunk - this.curChunkLen;
				createChunk = true;
			}
			this.curChunkLen += bytesToNextBoundary;
			consumeLen += bytesToNextBoundary;
			this.chunkBuf.set(data.subarray(0, consumeLen), this.curChunkLen - consumeLen);
		}
		if (createChunk || isFinal && this.curChunkLen > 0) {
			const chunkData = this.chunkBuf.subarray(0, this.curChunkLen);
			const hash = this.blake3.reset().update(chunkData).finalize(32);
			const chunk = {
				length: chunkData.length,
				hash
			};
			this.curChunkLen = 0;
			this.gear.resetHash();
			return {
				chunk,
				bytesConsumed: consumeLen
			};
		}
		return {
			chunk: null,
			bytesConsumed: consumeLen
		};
	}
	/**
	* Batch entry point: processes a large contiguous buffer and returns all
	* complete chunks. Hashes directly from `data` — no intermediate copy
	* to chunkBuf — for every chunk whose bytes are fully within `data`.
	*/
	nextBlock(data, isFinal) {
		const chunks = [];
		let pos = 0;
		while (pos < data.length && this.curChunkLen > 0) {
			const result = this.next(data.subarray(pos), false);
			if (result.chunk) chunks.push(result.chunk);
			pos += result.bytesConsumed;
		}
		const minSkip = this.minimumChunk > HASH_WINDOW_SIZE ? this.minimumChunk - HASH_WINDOW_SIZE - 1 : 0;
		while (pos < data.length) {
			const chunkStart = pos;
			const scanStart = Math.min(pos + minSkip, data.length);
			const scanEnd = Math.min(data.length, pos + this.maximumChunk);
			const position = this.gear.nextMatch(data.subarray(scanStart, scanEnd));
			let chunkEnd;
			let foundBoundary;
			if (position !== -1 && scanStart + position - chunkStart <= this.maximumChunk) {
				chunkEnd = scanStart + position;
				foundBoundary = true;
			} else if (scanEnd - chunkStart >= this.maximumChunk) {
				chunkEnd = chunkStart + this.maximumChunk;
				foundBoundary = true;
			} else {
				foundBoundary = false;
				chunkEnd = scanEnd;
			}
			if (foundBoundary) {
				const hash = this.blake3.reset().update(data.subarray(chunkStart, chunkEnd)).finalize(32);
				chunks.push({
					length: chunkEnd - chunkStart,
					hash
				});
				pos = chunkEnd;
				this.gear.resetHash();
			} else if (isFinal) {
				const hash = this.blake3.reset().update(data.subarray(chunkStart)).finalize(32);
				chunks.push({
					length: data.length - chunkStart,
					hash
				});
				pos = data.length;
			} else {
				this.chunkBuf.set(data.subarray(chunkStart), 0);
				this.curChunkLen = data.length - chunkStart;
				pos = data.length;
			}
		}
		return chunks;
	}
	finish() {
		if (this.curChunkLen > 0) {
			const chunkData = this.chunkBuf.subarray(0, this.curChunkLen);
			const hash = this.blake3.reset().update(chunkData).finalize(32);
			const chunk = {
				length: this.curChunkLen,
				hash
			};
			this.curChunkLen = 0;
			this.gear.resetHash();
			return chunk;
		}
		return null;
	}
};
function createChunker(targetChunkSize = TARGET_CHUNK_SIZE$1) {
	return new XetChunker(targetChunkSize);
}
function nextBlock(chunker, data) {
	return chunker.nextBlock(data, false);
}
function finalize(chunker) {
	return chunker.finish();
}
function hashToHex(hash) {
	const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
	const u64 = view.getBigUint64(0, true);
	const u64_2 = view.getBigUint64(8, true);
	const u64_3 = view.getBigUint64(16, true);
	const u64_4 = view.getBigUint64(24, true);
	return u64.toString(16).padStart(16, "0") + u64_2.toString(16).padStart(16, "0") + u64_3.toString(16).padStart(16, "0") + u64_4.toString(16).padStart(16, "0");
}
function hexToBytes(hex) {
	const bytes = /* @__PURE__ */ new Uint8Array(32);
	const view = new DataView(bytes.buffer);
	view.setBigUint64(0, BigInt("0x" + hex.slice(0, 16)), true);
	view.setBigUint64(8, BigInt("0x" + hex.slice(16, 32)), true);
	view.setBigUint64(16, BigInt("0x" + hex.slice(32, 48)), true);
	view.setBigUint64(24, BigInt("0x" + hex.slice(48, 64)), true);
	return bytes;
}
// node_modules/@huggingface/xetchunk-wasm/dist/esm/xorb-hash.js
const MEAN_CHUNK_PER_NODE = 4;
const BLAKE3_NODE_KEY = new Uint8Array([
	1,
	126,
	197,
	199,
	165,
	71,
	41,
	150,
	253,
	148,
	102,
	102,
	180,
	138,
	2,
	230,
	93,
	221,
	83,
	111,
	55,
	199,
	109,
	210,
	248,
	99,
	82,
	230,
	74,
	83,
	113,
	63
]);
const INDEX_OF_LAST_BYTE_OF_LAST_U64_IN_CHUNK_HASH = 24;
const nodeHasher = Hasher.newKeyed(BLAKE3_NODE_KEY);
/**
* @internal
*
* `hash % 4 === 0` in Rust's `is_natural_cut`, where `%` operates on the
* little-endian u64 at byte offset 24 — so only the low byte matters.
*/
function isNaturalCut(hash) {
	return hash[INDEX_OF_LAST_BYTE_OF_LAST_U64_IN_CHUNK_HASH] % MEAN_CHUNK_PER_NODE === 0;
}
function xorbHash(chunks) {
	if (chunks.length === 0) return /* @__PURE__ */ new Uint8Array(32);
	let currentChunks = chunks;
	while (currentChunks.length > 1) {
		const nodes = [];
		let currentIndex = 0;
		let numOfChildrenSoFar = 0;
		for (let i = 0; i < currentChunks.length; i++) if (i === currentChunks.length - 1 || numOfChildrenSoFar === 8 || numOfChildrenSoFar >= 2 && currentChunks[i].hash[INDEX_OF_LAST_BYTE_OF_LAST_U64_IN_CHUNK_HASH] % MEAN_CHUNK_PER_NODE === 0) {
			nodes.push(mergedHashOfSequence(currentChunks.slice(currentIndex, i + 1)));
			currentIndex = i + 1;
			numOfChildrenSoFar = 0;
		} else numOfChildrenSoFar++;
		currentChunks = nodes;
	}
	return currentChunks[0].hash;
}
/**
* @internal
*
* Matches Rust's `merged_hash_of_sequence`: serializes each entry as
* "{hash_hex} : {length_decimal}\n" then hashes with BLAKE3_NODE_KEY.
*/
function mergedHashOfSequence(chunks) {
	let text = "";
	let totalLength = 0;
	for (const chunk of chunks) {
		text += hashToHex(chunk.hash) + " : " + chunk.length + "\n";
		totalLength += chunk.length;
	}
	const bytes = new Uint8Array(text.length);
	for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
	return {
		hash: nodeHasher.reset().update(bytes).finalize(32),
		length: totalLength
	};
}
// node_modules/@huggingface/xetchunk-wasm/dist/esm/hash-utils.js
const ZERO_KEY$1 = /* @__PURE__ */ new Uint8Array(32);
const VERIFICATION_KEY = new Uint8Array([
	127,
	24,
	87,
	214,
	206,
	86,
	237,
	102,
	18,
	127,
	249,
	19,
	231,
	165,
	195,
	243,
	164,
	205,
	38,
	213,
	181,
	219,
	73,
	230,
	65,
	36,
	152,
	127,
	40,
	251,
	148,
	195
]);
const fileHasher = Hasher.newKeyed(ZERO_KEY$1);
const verificationHasher = Hasher.newKeyed(VERIFICATION_KEY);
/**
* file_hash = hmac(xorb_hash(chunks), zero_key)
*
* Matches Rust's `merklehash::file_hash` which calls
* `file_hash_with_salt(chunks, &[0; 32])`.
*/
function fileHash(chunks) {
	if (chunks.length === 0) return /* @__PURE__ */ new Uint8Array(32);
	const xorb = xorbHash(chunks);
	return fileHasher.reset().update(xorb).finalize(32);
}
/**
* HMAC: blake3_keyed_hash(key_bytes, hash_bytes)
*
* Both inputs are 32-byte Uint8Arrays.
* Matches Rust's `DataHash::hmac`.
*
* Uses a fresh hasher per call since the key varies.
*/
function hmac(hash, key) {
	return Hasher.newKeyed(key).update(hash).finalize(32);
}
/**
* Verification hash for a range of chunk hashes.
* Concatenates all 32-byte hashes and applies blake3_keyed_hash
* with VERIFICATION_KEY.
*
* Matches Rust's `chunk_verification::range_hash_from_chunks`.
*/
function verificationHash(chunkHashes) {
	const combined = new Uint8Array(chunkHashes.length * 32);
	for (let i = 0; i < chunkHashes.length; i++) combined.set(chunkHashes[i], i * 32);
	return verificationHasher.reset().update(combined).finalize(32);
}
// node_modules/@huggingface/xetchunk-wasm/dist/esm/merkle-hash-subtree.js
/** Groups always have at least 2 nodes. */
const MIN_GROUP_SIZE = 2;
/** Groups have at most 2*BF+1 = 9 nodes. */
const MAX_GROUP_SIZE = 9;
/**
* Find the next cut point in a sequence of nodes at which to break,
* mirroring Rust's `next_merge_cut`. Returns the group length starting at
* `start` within `nodes` (bounded by `end`, exclusive).
*/
function nextMergeCut(nodes, start, end) {
	const len = end - start;
	if (len <= MIN_GROUP_SIZE) return len;
	const lim = Math.min(MAX_GROUP_SIZE, len);
	for (let i = MIN_GROUP_SIZE; i < lim; i++) if (isNaturalCut(nodes[start + i].hash)) return i + 1;
	return lim;
}
function validGap(gap) {
	return gap > MIN_GROUP_SIZE && gap < 8;
}
/**
* Find the first stable group boundary scanning left-to-right.
*
* A position `m` is "stable" if it is always a group boundary regardless of
* what nodes precede this slice: three consecutive natural-cut positions
* `c0 < c1 < c2` with both gaps in `(MIN_GROUP_SIZE, MAX_GROUP_SIZE - 1)`
* make `c1 + 1` stable.
*
* Returns `undefined` when the slice is too short or lacks the pattern.
*/
function findStableStart(nodes) {
	if (nodes.length < 3) return;
	let prevPrevCut;
	let prevCut;
	for (let pos = 0; pos < nodes.length; pos++) {
		if (!isNaturalCut(nodes[pos].hash)) continue;
		if (prevCut !== void 0 && validGap(pos - prevCut) && prevPrevCut !== void 0 && validGap(prevCut - prevPrevCut)) return prevCut + 1;
		prevPrevCut = prevCut;
		prevCut = pos;
	}
}
/**
* Find the last stable group boundary scanning right-to-left; the mirror of
* {@link findStableStart}. Everything from the returned index onward is the
* unstable suffix that cannot yet be merged.
*/
function findStableEnd(nodes) {
	if (nodes.length < 3) return;
	let nextNextCut;
	let nextCut;
	for (let pos = nodes.length - 1; pos >= 0; pos--) {
		if (!isNaturalCut(nodes[pos].hash)) continue;
		if (nextCut !== void 0 && validGap(nextCut - pos) && nextNextCut !== void 0 && validGap(nextNextCut - nextCut)) return nextCut + 1;
		nextNextCut = nextCut;
		nextCut = pos;
	}
}
/**
* The core per-level operation, mirroring Rust's `split_and_promote`:
* partitions `nodes` into `[prefixLen, suffixLen]`, appending merged group
* nodes of the stable middle region to `promoted`.
*/
function splitAndPromote(nodes, atStart, atEnd, promoted) {
	if (nodes.length <= 1) return [nodes.length, 0];
	let stableStart;
	if (atStart) stableStart = 0;
	else {
		const idx = findStableStart(nodes);
		if (idx === void 0) return [nodes.length, 0];
		stableStart = idx;
	}
	let stableEnd;
	if (atEnd) stableEnd = nodes.length;
	else {
		const idx = findStableEnd(nodes.slice(stableStart));
		if (idx === void 0) return [nodes.length, 0];
		stableEnd = stableStart + idx;
	}
	if (stableStart >= stableEnd) return [nodes.length, 0];
	let pos = stableStart;
	while (pos < stableEnd) {
		const cutLen = nextMergeCut(nodes, pos, stableEnd);
		promoted.push(mergedHashOfSequence(nodes.slice(pos, pos + cutLen)));
		pos += cutLen;
	}
	return [stableStart, nodes.length - stableEnd];
}
/**
* Flatten per-level left/right arrays into the storage layout used by Rust:
* all left-side nodes ascending by level, then all right-side nodes
* descending by level.
*/
function flattenHump(hump) {
	const nodes = [];
	for (const left of hump.leftLevels) nodes.push(...left);
	for (let level = hump.rightLevels.length - 1; level >= 0; level--) nodes.push(...hump.rightLevels[level]);
	return {
		nodes,
		levels: hump.leftLevels.map((left, i) => [left.length, hump.rightLevels[i].length])
	};
}
/** Mirror of Rust's `build_hump`. */
function buildHump(chunks, atStart, atEnd) {
	const leftLevels = [];
	const rightLevels = [];
	let current = chunks;
	let allLeftsEmpty = true;
	let allRightsEmpty = true;
	while (true) {
		const levelAtStart = atStart && allLeftsEmpty;
		const levelAtEnd = atEnd && allRightsEmpty;
		const promoted = [];
		const [prefixLen, suffixLen] = splitAndPromote(current, levelAtStart, levelAtEnd, promoted);
		leftLevels.push(current.slice(0, prefixLen));
		rightLevels.push(current.slice(current.length - suffixLen));
		if (prefixLen > 0) allLeftsEmpty = false;
		if (suffixLen > 0) allRightsEmpty = false;
		if (promoted.length === 0) break;
		if (promoted.length === 1) {
			leftLevels.push(promoted);
			rightLevels.push([]);
			break;
		}
		current = promoted;
	}
	return {
		leftLevels,
		rightLevels
	};
}
var MerkleHashSubtree = class MerkleHashSubtree {
	nodes;
	/** Per-level `[leftCount, rightCount]` pairs indexing into `nodes`. */
	levels;
	leftOffsets;
	rightOffsets;
	/** True if this range begins at chunk 0 of the full sequence. */
	atStart;
	/** True if this range ends at the last chunk of the full sequence. */
	atEnd;
	constructor(nodes, levels, atStart, atEnd) {
		this.nodes = nodes;
		this.levels = levels;
		this.atStart = atStart;
		this.atEnd = atEnd;
		[this.leftOffsets, this.rightOffsets] = computeOffsets(levels);
	}
	/**
	* Create a subtree from a contiguous run of level-0 chunks.
	*
	* - `atStart`: `chunks[0]` is the first chunk of the entire file.
	* - `atEnd`: the last element of `chunks` is the file's final chunk.
	*/
	static fromChunks(atStart, chunks, atEnd) {
		const { nodes, levels } = flattenHump(buildHump(chunks, atStart, atEnd));
		return new MerkleHashSubtree(nodes, levels, atStart, atEnd);
	}
	get numNodes() {
		return this.nodes.length;
	}
	get numLevels() {
		return this.levels.length;
	}
	get isEmpty() {
		return this.nodes.length === 0;
	}
	leftAt(level) {
		if (level >= this.levels.length) return [];
		const start = this.leftOffsets[level];
		return this.nodes.slice(start, start + this.levels[level][0]);
	}
	rightAt(level) {
		if (level >= this.levels.length) return [];
		const start = this.rightOffsets[level];
		return this.nodes.slice(start, start + this.levels[level][1]);
	}
	/**
	* Merge an adjacent subtree (the right neighbor) into this one, in place.
	* After the call, `this` covers the combined range: it keeps its own
	* `atStart` and takes `other`'s `atEnd`.
	*
	* Throws if `this.atEnd` (nothing can follow the end) or `other.atStart`
	* (the start cannot appear on the right side of a merge).
	*/
	mergeInto(other) {
		if (this.atEnd) throw new Error("Cannot merge into a subtree that is already at the end");
		if (other.atStart) throw new Error("Cannot merge a subtree that is at the start on the right side");
		const combinedAtStart = this.atStart;
		const combinedAtEnd = other.atEnd;
		const maxLevels = Math.max(this.numLevels, other.numLevels);
		const leftLevels = [];
		const rightLevels = [];
		let carry = [];
		let allLeftsEmpty = true;
		let allRightsEmpty = true;
		for (let level = 0; level < maxLevels; level++) {
			const full = [
				...this.leftAt(level),
				...this.rightAt(level),
				...carry,
				...other.leftAt(level),
				...other.rightAt(level)
			];
			const levelAtStart = combinedAtStart && allLeftsEmpty;
			const levelAtEnd = combinedAtEnd && allRightsEmpty;
			const promoted = [];
			const [prefixLen, suffixLen] = splitAndPromote(full, levelAtStart, levelAtEnd, promoted);
			leftLevels.push(full.slice(0, prefixLen));
			rightLevels.push(full.slice(full.length - suffixLen));
			if (prefixLen > 0) allLeftsEmpty = false;
			if (suffixLen > 0) allRightsEmpty = false;
			carry = promoted;
		}
		while (carry.length > 0) if (carry.length === 1) {
			leftLevels.push(carry);
			rightLevels.push([]);
			carry = [];
		} else {
			const promoted = [];
			const [prefixLen, suffixLen] = splitAndPromote(carry, combinedAtStart && allLeftsEmpty, combinedAtEnd && allRightsEmpty, promoted);
			leftLevels.push(carry.slice(0, prefixLen));
			rightLevels.push(carry.slice(carry.length - suffixLen));
			if (prefixLen > 0) allLeftsEmpty = false;
			if (suffixLen > 0) allRightsEmpty = false;
			carry = promoted;
		}
		while (leftLevels.length > 1 && leftLevels[leftLevels.length - 1].length === 0 && rightLevels[rightLevels.length - 1].length === 0) {
			leftLevels.pop();
			rightLevels.pop();
		}
		const { nodes, levels } = flattenHump({
			leftLevels,
			rightLevels
		});
		this.nodes = nodes;
		this.levels = levels;
		[this.leftOffsets, this.rightOffsets] = computeOffsets(levels);
		this.atStart = combinedAtStart;
		this.atEnd = combinedAtEnd;
	}
	/**
	* Merge multiple adjacent ranges left-to-right.
	* Returns an empty fully-closed range when `ranges` is empty.
	*/
	static merge(ranges) {
		if (ranges.length === 0) return MerkleHashSubtree.fromChunks(true, [], true);
		const result = ranges[0].clone();
		for (let i = 1; i < ranges.length; i++) result.mergeInto(ranges[i]);
		return result;
	}
	clone() {
		return new MerkleHashSubtree([...this.nodes], this.levels.map((l) => [...l]), this.atStart, this.atEnd);
	}
	/**
	* The final aggregated hash — only available when both boundaries are
	* known (`atStart && atEnd`). Equals `xorbHash(allChunks)`; apply
	* `hmac(hash, zeroKey)` to obtain the file hash.
	*
	* Returns `undefined` when either boundary is unknown.
	*/
	finalHash() {
		if (!this.atStart || !this.atEnd) return;
		if (this.nodes.length === 0) return /* @__PURE__ */ new Uint8Array(32);
		const top = this.levels.length - 1;
		const topLeft = this.leftAt(top);
		if (topLeft.length !== 1 || this.rightAt(top).length !== 0) throw new Error("Invariant violation: fully-closed hump should have a single node at the top level");
		return topLeft[0].hash;
	}
	/** Total byte length covered by this subtree. */
	get totalLength() {
		let total = 0;
		for (let level = 0; level < this.levels.length; level++) {
			for (const node of this.leftAt(level)) total += node.length;
			for (const node of this.rightAt(level)) total += node.length;
		}
		return total;
	}
	/** Serde-human-readable-compatible JSON (what the CAS server produces/accepts). */
	toJSON() {
		return {
			nodes: this.nodes.map((node) => ({
				hash: hashToHex(node.hash),
				size: node.length
			})),
			levels: this.levels.map((l) => [...l]),
			at_start: this.atStart,
			at_end: this.atEnd
		};
	}
	static fromJSON(json) {
		return new MerkleHashSubtree(json.nodes.map((node) => ({
			hash: hexToBytes(node.hash),
			length: node.size
		})), json.levels.map((l) => [l[0], l[1]]), json.at_start, json.at_end);
	}
};
/** Pre-compute left and right offset arrays from levels (mirror of Rust's `compute_offsets`). */
function computeOffsets(levels) {
	const leftOffsets = [];
	const rightOffsets = [];
	let cumulativeLeft = 0;
	for (const [leftCount] of levels) {
		leftOffsets.push(cumulativeLeft);
		cumulativeLeft += leftCount;
	}
	const totalLeft = cumulativeLeft;
	let cumulativeRightAfter = 0;
	for (const [, rightCount] of levels) cumulativeRightAfter += rightCount;
	for (const [, rightCount] of levels) {
		cumulativeRightAfter -= rightCount;
		rightOffsets.push(totalLeft + cumulativeRightAfter);
	}
	return [leftOffsets, rightOffsets];
}
async function createApiError(response, opts) {
	const error = new HubApiError(response.url, response.status, response.headers.get("X-Request-Id") ?? opts?.requestId);
	error.message = `Api error with status ${error.statusCode}${opts?.message ? `. ${opts.message}` : ""}`;
	const trailer = [`URL: ${error.url}`, error.requestId ? `Request ID: ${error.requestId}` : void 0].filter(Boolean).join(". ");
	if (response.headers.get("Content-Type")?.startsWith("application/json")) {
		const json = await response.json();
		error.message = json.error || json.message || error.message;
		if (json.error_description) error.message = error.message ? error.message + `: ${json.error_description}` : json.error_description;
		error.data = json;
	} else error.data = { message: await response.text() };
	error.message += `. ${trailer}`;
	throw error;
}
var HubApiError = class extends Error {
	statusCode;
	url;
	requestId;
	data;
	constructor(url, statusCode, requestId, message) {
		super(message);
		this.statusCode = statusCode;
		this.requestId = requestId;
		this.url = url;
	}
};
var InvalidApiResponseFormatError = class extends Error {};
function checkAccessToken(accessToken) {
	if (!accessToken.startsWith("hf_")) throw new TypeError("Your access token must start with 'hf_'");
}
function checkCredentials(params) {
	if (params.accessToken) {
		checkAccessToken(params.accessToken);
		return params.accessToken;
	}
	if (params.credentials?.accessToken) {
		checkAccessToken(params.credentials.accessToken);
		return params.credentials.accessToken;
	}
}
function toRepoId(repo) {
	if (typeof repo !== "string") return repo;
	if (repo.startsWith("model/") || repo.startsWith("models/")) throw new TypeError("A repo designation for a model should not start with 'models/', directly specify the model namespace / name");
	if (repo.startsWith("space/")) throw new TypeError("Spaces should start with 'spaces/', plural, not 'space/'");
	if (repo.startsWith("dataset/")) throw new TypeError("Datasets should start with 'datasets/', plural, not 'dataset/'");
	if (repo.startsWith("bucket/")) throw new TypeError("Buckets should start with 'buckets/', plural, not 'bucket/'");
	if (repo.startsWith("kernel/")) throw new TypeError("Kernels should start with 'kernels/', plural, not 'kernel/'");
	const slashes = repo.split("/").length - 1;
	if (repo.startsWith("spaces/")) {
		if (slashes !== 2) throw new TypeError("Space Id must include namespace and name of the space");
		return {
			type: "space",
			name: repo.slice(7)
		};
	}
	if (repo.startsWith("datasets/")) {
		if (slashes > 2) throw new TypeError("Too many slashes in repo designation: " + repo);
		return {
			type: "dataset",
			name: repo.slice(9)
		};
	}
	if (repo.startsWith("buckets/")) {
		if (slashes !== 2) throw new TypeError("Bucket Id must include namespace and name of the bucket");
		return {
			type: "bucket",
			name: repo.slice(8)
		};
	}
	if (repo.startsWith("kernels/")) {
		if (slashes !== 2) throw new TypeError("Kernel Id must include namespace and name of the kernel");
		return {
			type: "kernel",
			name: repo.slice(8)
		};
	}
	if (slashes > 1) throw new TypeError("Too many slashes in repo designation: " + repo);
	return {
		type: "model",
		name: repo
	};
}
async function* eventToGenerator(cb) {
	const promises = [];
	function addPromise() {
		let resolve3;
		let reject;
		const p = new Promise((res, rej) => {
			resolve3 = res;
			reject = rej;
		});
		promises.push({
			p,
			resolve: resolve3,
			reject
		});
	}
	addPromise();
	const callbackRes = Promise.resolve().then(() => cb((y) => {
		addPromise();
		promises.at(-2)?.resolve({
			done: false,
			value: y
		});
	}, (r) => {
		addPromise();
		promises.at(-2)?.resolve({
			done: true,
			value: r
		});
	}, (err) => promises.shift()?.reject(err))).catch((err) => promises.shift()?.reject(err));
	while (1) {
		const p = promises[0];
		if (!p) throw new Error("Logic error in eventGenerator, promises should never be empty");
		const result = await p.p;
		promises.shift();
		if (result.done) {
			await callbackRes;
			return result.value;
		}
		yield result.value;
	}
	throw new Error("Unreachable");
}
function hexFromBytes(arr) {
	if (globalThis.Buffer) return globalThis.Buffer.from(arr).toString("hex");
	else {
		const bin = [];
		arr.forEach((byte) => {
			bin.push(byte.toString(16).padStart(2, "0"));
		});
		return bin.join("");
	}
}
var isBrowser = typeof window !== "undefined" && typeof window.document !== "undefined";
var isWebWorker = typeof self === "object" && self.constructor && self.constructor.name === "DedicatedWorkerGlobalScope";
var isFrontend = !(!isBrowser && !isWebWorker);
async function getWebWorkerCode() {
	const sha256Module = await import("./shared-sha256-wrapper-ITDNMKRK.js");
	return URL.createObjectURL(new Blob([sha256Module.createSHA256WorkerCode()]));
}
var pendingWorkers = [];
var runningWorkers = /* @__PURE__ */ new Set();
var resolve;
var waitPromise = new Promise((r) => {
	resolve = r;
});
async function getWorker(poolSize) {
	{
		const worker2 = pendingWorkers.pop();
		if (worker2) {
			runningWorkers.add(worker2);
			return worker2;
		}
	}
	if (!poolSize) {
		const worker2 = new Worker(await getWebWorkerCode());
		runningWorkers.add(worker2);
		return worker2;
	}
	if (poolSize <= 0) throw new TypeError("Invalid webworker pool size: " + poolSize);
	while (runningWorkers.size >= poolSize) await waitPromise;
	const worker = new Worker(await getWebWorkerCode());
	runningWorkers.add(worker);
	return worker;
}
async function freeWorker(worker, poolSize) {
	if (!poolSize) return destroyWorker(worker);
	runningWorkers.delete(worker);
	pendingWorkers.push(worker);
	const r = resolve;
	waitPromise = new Promise((r2) => {
		resolve = r2;
	});
	r();
}
function destroyWorker(worker) {
	runningWorkers.delete(worker);
	worker.terminate();
	const r = resolve;
	waitPromise = new Promise((r2) => {
		resolve = r2;
	});
	r();
}
async function* sha256(buffer, opts) {
	yield 0;
	const maxCryptoSize = typeof opts?.useWebWorker === "object" && opts?.useWebWorker.minSize !== void 0 ? opts.useWebWorker.minSize : 1e7;
	if (buffer.size < maxCryptoSize && globalThis.crypto?.subtle) {
		const res = hexFromBytes(new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", buffer instanceof Blob ? await buffer.arrayBuffer() : buffer)));
		yield 1;
		return res;
	}
	if (isFrontend) {
		if (opts?.useWebWorker) try {
			const poolSize = typeof opts?.useWebWorker === "object" ? opts.useWebWorker.poolSize : void 0;
			const worker = await getWorker(poolSize);
			let messageHandler;
			let errorHandler;
			let abortListener;
			const cleanup = () => {
				worker.removeEventListener("message", messageHandler);
				worker.removeEventListener("error", errorHandler);
				if (abortListener) opts?.abortSignal?.removeEventListener("abort", abortListener);
			};
			return yield* eventToGenerator((yieldCallback, returnCallback, rejectCallback) => {
				messageHandler = (event) => {
					if (event.data.sha256) {
						cleanup();
						freeWorker(worker, poolSize);
						returnCallback(event.data.sha256);
					} else if (event.data.progress) {
						yieldCallback(event.data.progress);
						try {
							opts.abortSignal?.throwIfAborted();
						} catch (err) {
							cleanup();
							destroyWorker(worker);
							rejectCallback(err);
						}
					} else {
						cleanup();
						destroyWorker(worker);
						rejectCallback(event);
					}
				};
				errorHandler = (event) => {
					cleanup();
					destroyWorker(worker);
					rejectCallback(event.error);
				};
				if (opts?.abortSignal) {
					try {
						opts.abortSignal?.throwIfAborted();
					} catch (err) {
						cleanup();
						destroyWorker(worker);
						rejectCallback(opts.abortSignal.reason ?? new DOMException("Aborted", "AbortError"));
						return;
					}
					abortListener = () => {
						cleanup();
						destroyWorker(worker);
						rejectCallback(opts.abortSignal?.reason ?? new DOMException("Aborted", "AbortError"));
					};
					opts.abortSignal.addEventListener("abort", abortListener);
				}
				worker.addEventListener("message", messageHandler);
				worker.addEventListener("error", errorHandler);
				worker.postMessage({ file: buffer });
			});
		} catch (err) {
			console.warn("Failed to use web worker for sha256", err);
		}
		if (!wasmModule) wasmModule = await import("./shared-sha256-wrapper-ITDNMKRK.js");
		const sha2562 = await wasmModule.createSHA256();
		sha2562.init();
		const reader = buffer.stream().getReader();
		const total = buffer.size;
		let bytesDone = 0;
		while (true) {
			const { done, value } = await reader.read();
			if (done) break;
			sha2562.update(value);
			bytesDone += value.length;
			yield bytesDone / total;
			opts?.abortSignal?.throwIfAborted();
		}
		return sha2562.digest("hex");
	}
	if (!cryptoModule) cryptoModule = await import("./shared-sha256-node-ZPWO3OWR.js");
	return yield* cryptoModule.sha256Node(buffer, { abortSignal: opts?.abortSignal });
}
var cryptoModule;
var wasmModule;
function combineUint8Arrays(...arrays) {
	const totalLength = arrays.reduce((sum2, array) => sum2 + array.length, 0);
	const combinedBytes = new Uint8Array(totalLength);
	let offset = 0;
	for (const array of arrays) {
		combinedBytes.set(array, offset);
		offset += array.length;
	}
	return combinedBytes;
}
function hashU32(a) {
	a = a | 0;
	a = a + 2127912214 + (a << 12) | 0;
	a = a ^ -949894596 ^ a >>> 19;
	a = a + 374761393 + (a << 5) | 0;
	a = a + -744332180 ^ a << 9;
	a = a + -42973499 + (a << 3) | 0;
	return a ^ -1252372727 ^ a >>> 16 | 0;
}
function readU64(b, n) {
	let x = 0;
	x |= b[n++] << 0;
	x |= b[n++] << 8;
	x |= b[n++] << 16;
	x |= b[n++] << 24;
	x |= b[n++] << 32;
	x |= b[n++] << 40;
	x |= b[n++] << 48;
	x |= b[n++] << 56;
	return x;
}
function readU32(b, n) {
	let x = 0;
	x |= b[n++] << 0;
	x |= b[n++] << 8;
	x |= b[n++] << 16;
	x |= b[n++] << 24;
	return x;
}
function writeU32(b, n, x) {
	b[n++] = x >> 0 & 255;
	b[n++] = x >> 8 & 255;
	b[n++] = x >> 16 & 255;
	b[n++] = x >> 24 & 255;
}
function imul(a, b) {
	const ah = a >>> 16;
	const al = a & 65535;
	const bh = b >>> 16;
	const bl = b & 65535;
	return al * bl + (ah * bl + al * bh << 16) | 0;
}
var prime1 = 2654435761;
var prime2 = 2246822519;
var prime3 = 3266489917;
var prime4 = 668265263;
var prime5 = 374761393;
function rotl32(x, r) {
	x = x | 0;
	r = r | 0;
	return x >>> (32 - r | 0) | x << r | 0;
}
function rotmul32(h, r, m) {
	h = h | 0;
	r = r | 0;
	m = m | 0;
	return imul(h >>> (32 - r | 0) | h << r, m) | 0;
}
function shiftxor32(h, s) {
	h = h | 0;
	s = s | 0;
	return h >>> s ^ h | 0;
}
function xxhapply(h, src, m0, s, m1) {
	return rotmul32(imul(src, m0) + h, s, m1);
}
function xxh1(h, src, index) {
	return rotmul32(h + imul(src[index], prime5), 11, prime1);
}
function xxh4(h, src, index) {
	return xxhapply(h, readU32(src, index), prime3, 17, prime4);
}
function xxh16(h, src, index) {
	return [
		xxhapply(h[0], readU32(src, index + 0), prime2, 13, prime1),
		xxhapply(h[1], readU32(src, index + 4), prime2, 13, prime1),
		xxhapply(h[2], readU32(src, index + 8), prime2, 13, prime1),
		xxhapply(h[3], readU32(src, index + 12), prime2, 13, prime1)
	];
}
function xxh32(seed, src, index, len) {
	let h;
	const l = len;
	if (len >= 16) {
		h = [
			seed + prime1 + prime2,
			seed + prime2,
			seed,
			seed - prime1
		];
		while (len >= 16) {
			h = xxh16(h, src, index);
			index += 16;
			len -= 16;
		}
		h = rotl32(h[0], 1) + rotl32(h[1], 7) + rotl32(h[2], 12) + rotl32(h[3], 18) + l;
	} else h = seed + prime5 + len >>> 0;
	while (len >= 4) {
		h = xxh4(h, src, index);
		index += 4;
		len -= 4;
	}
	while (len > 0) {
		h = xxh1(h, src, index);
		index++;
		len--;
	}
	h = shiftxor32(imul(shiftxor32(imul(shiftxor32(h, 15), prime2), 13), prime3), 16);
	return h >>> 0;
}
var hash = xxh32;
var minMatch = 4;
var matchSearchLimit = 12;
var minTrailingLitterals = 5;
var skipTrigger = 6;
var hashSize = 65536;
var mlBits = 4;
var mlMask = (1 << mlBits) - 1;
var runMask = 15;
var blockBuf = makeBuffer(5 << 20);
var hashTable = makeHashTable();
var magicNum = 407708164;
var fdContentChksum = 4;
var fdContentSize = 8;
var fdBlockChksum = 16;
var fdVersion = 64;
var fdVersionMask = 192;
var bsUncompressed = 2147483648;
var bsDefault = 7;
var bsShift = 4;
var bsMask = 7;
var bsMap = {
	4: 65536,
	5: 262144,
	6: 1048576,
	7: 4194304
};
function makeHashTable() {
	try {
		return new Uint32Array(hashSize);
	} catch (error) {
		const hashTable2 = new Array(hashSize);
		for (let i = 0; i < hashSize; i++) hashTable2[i] = 0;
		return hashTable2;
	}
}
function clearHashTable(table) {
	for (let i = 0; i < hashSize; i++) table[i] = 0;
}
function makeBuffer(size) {
	return new Uint8Array(size);
}
function sliceArray(array, start, end) {
	return array.slice(start, end);
}
function compressBound(n) {
	return n + n / 255 + 16 | 0;
}
function decompressBound(src) {
	let sIndex = 0;
	if (readU32(src, sIndex) !== magicNum) throw new Error("invalid magic number");
	sIndex += 4;
	const descriptor = src[sIndex++];
	if ((descriptor & fdVersionMask) !== fdVersion) throw new Error("incompatible descriptor version " + (descriptor & fdVersionMask));
	const useBlockSum = (descriptor & fdBlockChksum) !== 0;
	const useContentSize = (descriptor & fdContentSize) !== 0;
	const bsIdx = src[sIndex++] >> bsShift & bsMask;
	if (bsMap[bsIdx] === void 0) throw new Error("invalid block size " + bsIdx);
	const maxBlockSize = bsMap[bsIdx];
	if (useContentSize) return readU64(src, sIndex);
	sIndex++;
	let maxSize = 0;
	while (true) {
		let blockSize = readU32(src, sIndex);
		sIndex += 4;
		if (blockSize & bsUncompressed) {
			blockSize &= ~bsUncompressed;
			maxSize += blockSize;
		} else if (blockSize > 0) maxSize += maxBlockSize;
		if (blockSize === 0) return maxSize;
		if (useBlockSum) sIndex += 4;
		sIndex += blockSize;
	}
}
function decompressBlock(src, dst, sIndex, sLength, dIndex) {
	let mLength, mOffset, sEnd, n, i;
	const hasCopyWithin = dst.copyWithin !== void 0 && dst.fill !== void 0;
	sEnd = sIndex + sLength;
	while (sIndex < sEnd) {
		const token = src[sIndex++];
		let literalCount = token >> 4;
		if (literalCount > 0) {
			if (literalCount === 15) while (true) {
				literalCount += src[sIndex];
				if (src[sIndex++] !== 255) break;
			}
			for (n = sIndex + literalCount; sIndex < n;) dst[dIndex++] = src[sIndex++];
		}
		if (sIndex >= sEnd) break;
		mLength = token & 15;
		mOffset = src[sIndex++] | src[sIndex++] << 8;
		if (mLength === 15) while (true) {
			mLength += src[sIndex];
			if (src[sIndex++] !== 255) break;
		}
		mLength += minMatch;
		if (hasCopyWithin && mOffset === 1) {
			dst.fill(dst[dIndex - 1] | 0, dIndex, dIndex + mLength);
			dIndex += mLength;
		} else if (hasCopyWithin && mOffset > mLength && mLength > 31) {
			dst.copyWithin(dIndex, dIndex - mOffset, dIndex - mOffset + mLength);
			dIndex += mLength;
		} else for (i = dIndex - mOffset, n = i + mLength; i < n;) dst[dIndex++] = dst[i++] | 0;
	}
	return dIndex;
}
function compressBlock(src, dst, sIndex, sLength, hashTable2) {
	let mIndex, mAnchor, mLength, mOffset, mStep;
	let literalCount, dIndex, sEnd, n;
	dIndex = 0;
	sEnd = sLength + sIndex;
	mAnchor = sIndex;
	let searchMatchCount = (1 << skipTrigger) + 3;
	while (sIndex <= sEnd - matchSearchLimit) {
		const seq = readU32(src, sIndex);
		let hash2 = hashU32(seq) >>> 0;
		hash2 = (hash2 >> 16 ^ hash2) >>> 0 & 65535;
		mIndex = hashTable2[hash2] - 1;
		hashTable2[hash2] = sIndex + 1;
		if (mIndex < 0 || sIndex - mIndex >>> 16 > 0 || readU32(src, mIndex) !== seq) {
			mStep = searchMatchCount++ >> skipTrigger;
			sIndex += mStep;
			continue;
		}
		searchMatchCount = (1 << skipTrigger) + 3;
		literalCount = sIndex - mAnchor;
		mOffset = sIndex - mIndex;
		sIndex += minMatch;
		mIndex += minMatch;
		mLength = sIndex;
		while (sIndex < sEnd - minTrailingLitterals && src[sIndex] === src[mIndex]) {
			sIndex++;
			mIndex++;
		}
		mLength = sIndex - mLength;
		const token = mLength < mlMask ? mLength : mlMask;
		if (literalCount >= runMask) {
			dst[dIndex++] = (runMask << mlBits) + token;
			for (n = literalCount - runMask; n >= 255; n -= 255) dst[dIndex++] = 255;
			dst[dIndex++] = n;
		} else dst[dIndex++] = (literalCount << mlBits) + token;
		for (let i = 0; i < literalCount; i++) dst[dIndex++] = src[mAnchor + i];
		dst[dIndex++] = mOffset;
		dst[dIndex++] = mOffset >> 8;
		if (mLength >= mlMask) {
			for (n = mLength - mlMask; n >= 255; n -= 255) dst[dIndex++] = 255;
			dst[dIndex++] = n;
		}
		mAnchor = sIndex;
	}
	if (mAnchor === 0) return 0;
	literalCount = sEnd - mAnchor;
	if (literalCount >= runMask) {
		dst[dIndex++] = runMask << mlBits;
		for (n = literalCount - runMask; n >= 255; n -= 255) dst[dIndex++] = 255;
		dst[dIndex++] = n;
	} else dst[dIndex++] = literalCount << mlBits;
	sIndex = mAnchor;
	while (sIndex < sEnd) dst[dIndex++] = src[sIndex++];
	return dIndex;
}
function decompressFrame(src, dst) {
	let useBlockSum, useContentSum, useContentSize, descriptor;
	let sIndex = 0;
	let dIndex = 0;
	if (readU32(src, sIndex) !== magicNum) throw new Error("invalid magic number");
	sIndex += 4;
	descriptor = src[sIndex++];
	if ((descriptor & fdVersionMask) !== fdVersion) throw new Error("incompatible descriptor version");
	useBlockSum = (descriptor & fdBlockChksum) !== 0;
	useContentSum = (descriptor & fdContentChksum) !== 0;
	useContentSize = (descriptor & fdContentSize) !== 0;
	if (bsMap[src[sIndex++] >> bsShift & bsMask] === void 0) throw new Error("invalid block size");
	if (useContentSize) sIndex += 8;
	sIndex++;
	while (true) {
		var compSize = readU32(src, sIndex);
		sIndex += 4;
		if (compSize === 0) break;
		if (useBlockSum) sIndex += 4;
		if ((compSize & bsUncompressed) !== 0) {
			compSize &= ~bsUncompressed;
			for (let j = 0; j < compSize; j++) dst[dIndex++] = src[sIndex++];
		} else {
			dIndex = decompressBlock(src, dst, sIndex, compSize, dIndex);
			sIndex += compSize;
		}
	}
	if (useContentSum) sIndex += 4;
	return dIndex;
}
function compressFrame(src, dst) {
	let dIndex = 0;
	writeU32(dst, dIndex, magicNum);
	dIndex += 4;
	dst[dIndex++] = fdVersion;
	dst[dIndex++] = bsDefault << bsShift;
	dst[dIndex] = hash(0, dst, 4, dIndex - 4) >> 8;
	dIndex++;
	const maxBlockSize = bsMap[bsDefault];
	let remaining = src.length;
	let sIndex = 0;
	clearHashTable(hashTable);
	while (remaining > 0) {
		let compSize = 0;
		const blockSize = remaining > maxBlockSize ? maxBlockSize : remaining;
		compSize = compressBlock(src, blockBuf, sIndex, blockSize, hashTable);
		if (compSize > blockSize || compSize === 0) {
			writeU32(dst, dIndex, 2147483648 | blockSize);
			dIndex += 4;
			for (let z = sIndex + blockSize; sIndex < z;) dst[dIndex++] = src[sIndex++];
			remaining -= blockSize;
		} else {
			writeU32(dst, dIndex, compSize);
			dIndex += 4;
			for (let j = 0; j < compSize;) dst[dIndex++] = blockBuf[j++];
			sIndex += blockSize;
			remaining -= blockSize;
		}
	}
	writeU32(dst, dIndex, 0);
	dIndex += 4;
	return dIndex;
}
function decompress(src, maxSize) {
	let dst, size;
	if (maxSize === void 0) maxSize = decompressBound(src);
	dst = makeBuffer(maxSize);
	size = decompressFrame(src, dst);
	if (size !== maxSize) dst = sliceArray(dst, 0, size);
	return dst;
}
function compress(src, maxSize) {
	let dst, size;
	if (maxSize === void 0) maxSize = compressBound(src.length);
	dst = makeBuffer(maxSize);
	size = compressFrame(src, dst);
	if (size !== maxSize) dst = sliceArray(dst, 0, size);
	return dst;
}
var RangeList = class {
	ranges = [];
	/**
	* Add a range to the list. If it overlaps with existing ranges,
	* it will split them and increment reference counts accordingly.
	*/
	add(start, end) {
		if (end <= start) throw new TypeError("End must be greater than start");
		const overlappingRanges = [];
		for (let i = 0; i < this.ranges.length; i++) {
			const range2 = this.ranges[i];
			if (start < range2.end && end > range2.start) overlappingRanges.push({
				index: i,
				range: range2
			});
			if (range2.data !== null) throw new Error("Overlapping range already has data");
		}
		if (overlappingRanges.length === 0) {
			this.ranges.push({
				start,
				end,
				refCount: 1,
				data: null
			});
			this.ranges.sort((a, b) => a.start - b.start);
			return;
		}
		const newRanges = [];
		let currentPos = start;
		for (let i = 0; i < overlappingRanges.length; i++) {
			const { range: range2 } = overlappingRanges[i];
			if (currentPos < range2.start) newRanges.push({
				start: currentPos,
				end: range2.start,
				refCount: 1,
				data: null
			});
			else if (range2.start < currentPos) newRanges.push({
				start: range2.start,
				end: currentPos,
				refCount: range2.refCount,
				data: null
			});
			newRanges.push({
				start: Math.max(currentPos, range2.start),
				end: Math.min(end, range2.end),
				refCount: range2.refCount + 1,
				data: null
			});
			if (range2.end > end) newRanges.push({
				start: end,
				end: range2.end,
				refCount: range2.refCount,
				data: null
			});
			currentPos = Math.max(currentPos, range2.end);
		}
		if (currentPos < end) newRanges.push({
			start: currentPos,
			end,
			refCount: 1,
			data: null
		});
		const firstIndex = overlappingRanges[0].index;
		const lastIndex = overlappingRanges[overlappingRanges.length - 1].index;
		this.ranges.splice(firstIndex, lastIndex - firstIndex + 1, ...newRanges);
		this.ranges.sort((a, b) => a.start - b.start);
	}
	/**
	* Remove a range from the list. The range must start and end at existing boundaries.
	*/
	remove(start, end) {
		if (end <= start) throw new TypeError("End must be greater than start");
		const affectedRanges = [];
		for (let i = 0; i < this.ranges.length; i++) {
			const range2 = this.ranges[i];
			if (start < range2.end && end > range2.start) affectedRanges.push({
				index: i,
				range: range2
			});
		}
		if (affectedRanges.length === 0) throw new Error("No ranges found to remove");
		if (start !== affectedRanges[0].range.start || end !== affectedRanges[affectedRanges.length - 1].range.end) throw new Error("Range boundaries must match existing boundaries");
		for (let i = 0; i < affectedRanges.length; i++) {
			const { range: range2 } = affectedRanges[i];
			range2.refCount--;
		}
		this.ranges = this.ranges.filter((range2) => range2.refCount > 0);
	}
	/**
	* Get all ranges within the specified boundaries.
	*/
	getRanges(start, end) {
		if (end <= start) throw new TypeError("End must be greater than start");
		return this.ranges.filter((range2) => start < range2.end && end > range2.start);
	}
	/**
	* Get all ranges in the list
	*/
	getAllRanges() {
		return [...this.ranges];
	}
};
function indexOfSubsequence(haystack, needle, from = 0) {
	const needleLength = needle.length;
	if (needleLength === 0) return from <= haystack.length ? from : -1;
	const last = needleLength - 1;
	const maxStart = haystack.length - needleLength;
	const skip = (/* @__PURE__ */ new Uint16Array(256)).fill(needleLength);
	for (let i2 = 0; i2 < last; i2++) skip[needle[i2]] = last - i2;
	let i = from;
	while (i <= maxStart) {
		let j = last;
		while (j >= 0 && haystack[i + j] === needle[j]) j--;
		if (j < 0) return i;
		i += skip[haystack[i + last]];
	}
	return -1;
}
var textEncoder = new TextEncoder();
var CRLF = textEncoder.encode("\r\n");
var HEADER_SEPARATOR = textEncoder.encode("\r\n\r\n");
var STAGING_BLOCK_SIZE = 65536;
var StreamingMultipartParser = class {
	#delimiter;
	/**
	* Unprocessed bytes carried between pushes: bounded by the delimiter length in states 0/2
	* (a possible partial delimiter), tiny in state 1. Seeded with a virtual CRLF so a body
	* starting directly with `--boundary` (RFC 2046: the first delimiter's leading CRLF is
	* "considered part of the preamble") still matches the `\r\n--boundary` delimiter.
	*/
	#carry = CRLF;
	/** Confirmed bytes (headers + data) of the in-progress part, as ≥STAGING_BLOCK_SIZE chunks. */
	#partChunks = [];
	#partLength = 0;
	/** Staging block coalescing small appends; pushed to #partChunks when full. */
	#staging;
	#stagingLength = 0;
	/** 0 = scanning for first boundary, 1 = consuming CRLF/`--` after a boundary, 2 = inside a part */
	#state = 0;
	#done = false;
	constructor(contentType) {
		const boundary = extractBoundary(contentType);
		if (!boundary) throw new Error(`No boundary found in Content-Type: ${contentType}`);
		this.#delimiter = textEncoder.encode(`\r
--${boundary}`);
	}
	/**
	* Push a chunk of body bytes (call with no argument to flush at end of stream).
	* Returns the raw bytes of any parts that completed as a result.
	*
	* Copying is linear: each byte is combined with the (bounded) carry once, staged once, and
	* copied into the completed part once.
	*/
	push(chunk2) {
		if (this.#done) return [];
		let data = chunk2 && chunk2.byteLength ? combineUint8Arrays(this.#carry, chunk2) : this.#carry;
		this.#carry = /* @__PURE__ */ new Uint8Array(0);
		const parts = [];
		for (;;) {
			if (this.#state === 0 || this.#state === 2) {
				const delimIndex = indexOfSubsequence(data, this.#delimiter, 0);
				if (delimIndex === -1) {
					const safeLength = Math.max(0, data.byteLength - (this.#delimiter.byteLength - 1));
					if (this.#state === 2 && safeLength > 0) this.#appendToPart(data.subarray(0, safeLength));
					this.#carry = data.slice(safeLength);
					break;
				}
				if (this.#state === 2) {
					this.#appendToPart(data.subarray(0, delimIndex));
					const partBody = this.#takePart();
					const headerEnd = indexOfSubsequence(partBody, HEADER_SEPARATOR, 0);
					if (headerEnd === -1) throw new Error("Malformed multipart part: missing header/data separator");
					parts.push(partBody.subarray(headerEnd + HEADER_SEPARATOR.byteLength));
				}
				data = data.slice(delimIndex + this.#delimiter.byteLength);
				this.#state = 1;
				continue;
			}
			if (data.byteLength < 2) {
				this.#carry = data;
				break;
			}
			if (data[0] === 45 && data[1] === 45) {
				this.#done = true;
				return parts;
			}
			if (data[0] === CRLF[0] && data[1] === CRLF[1]) {
				data = data.slice(2);
				this.#state = 2;
				continue;
			}
			throw new Error("Malformed multipart body: expected CRLF or closing delimiter after boundary");
		}
		return parts;
	}
	/** Append confirmed part bytes, coalescing small appends into staging blocks. */
	#appendToPart(bytes) {
		this.#partLength += bytes.byteLength;
		if (bytes.byteLength >= STAGING_BLOCK_SIZE) {
			this.#flushStaging();
			this.#partChunks.push(bytes);
			return;
		}
		let offset = 0;
		while (offset < bytes.byteLength) {
			if (!this.#staging) {
				this.#staging = new Uint8Array(STAGING_BLOCK_SIZE);
				this.#stagingLength = 0;
			}
			const toCopy = Math.min(STAGING_BLOCK_SIZE - this.#stagingLength, bytes.byteLength - offset);
			this.#staging.set(bytes.subarray(offset, offset + toCopy), this.#stagingLength);
			this.#stagingLength += toCopy;
			offset += toCopy;
			if (this.#stagingLength === STAGING_BLOCK_SIZE) {
				this.#partChunks.push(this.#staging);
				this.#staging = void 0;
			}
		}
	}
	#flushStaging() {
		if (this.#staging && this.#stagingLength > 0) this.#partChunks.push(this.#staging.subarray(0, this.#stagingLength));
		this.#staging = void 0;
		this.#stagingLength = 0;
	}
	/** Assemble and reset the in-progress part. Loop-based copy: the chunk count is unbounded-safe. */
	#takePart() {
		this.#flushStaging();
		const out = new Uint8Array(this.#partLength);
		let offset = 0;
		for (const chunk2 of this.#partChunks) {
			out.set(chunk2, offset);
			offset += chunk2.byteLength;
		}
		this.#partChunks = [];
		this.#partLength = 0;
		return out;
	}
};
function extractBoundary(contentType) {
	for (const part of contentType.split(";")) {
		const trimmed = part.trim();
		if (trimmed.toLowerCase().startsWith("boundary=")) return trimmed.slice(9).replace(/^"|"$/g, "");
	}
	return null;
}
function sum(arr) {
	return arr.reduce((a, b) => a + b, 0);
}
function concatUint8Arrays(arrays) {
	const result = new Uint8Array(sum(arrays.map((array) => array.byteLength)));
	let offset = 0;
	for (const array of arrays) {
		result.set(array, offset);
		offset += array.byteLength;
	}
	return result;
}
function hasH2Fetch(versions = typeof process !== "undefined" ? process.versions : void 0, frontend = isFrontend) {
	if (frontend || !versions?.undici || versions.bun) return false;
	return Number(versions.undici.split(".")[0]) >= 8;
}
var GLOBAL_DISPATCHER_KEYS = [Symbol.for("undici.globalDispatcher.2"), Symbol.for("undici.globalDispatcher.1")];
function withHttp1(base) {
	return { dispatch: (options, handler) => base.dispatch({
		...options,
		allowH2: false
	}, handler) };
}
var cached;
async function getHttp1Dispatcher() {
	const globals = globalThis;
	const find = () => GLOBAL_DISPATCHER_KEYS.map((key) => globals[key]).find((d) => typeof d?.dispatch === "function");
	let base = find();
	if (base === void 0) {
		await (await fetch("data:,")).arrayBuffer();
		base = find();
	}
	if (base === void 0) return;
	if (cached?.base !== base) cached = {
		base,
		http1: withHttp1(base)
	};
	return cached.http1;
}
var undiciHttp1Fetch = async (input, init) => {
	const dispatcher = await getHttp1Dispatcher();
	return dispatcher ? fetch(input, {
		...init,
		dispatcher
	}) : fetch(input, init);
};
var http1Fetch = hasH2Fetch() ? undiciHttp1Fetch : (input, init) => fetch(input, init);
var JWT_SAFETY_PERIOD = 6e4;
var JWT_CACHE_SIZE = 1e3;
var PARALLEL_DEFAULT_MAX_CONCURRENCY = isFrontend ? 4 : 8;
var PARALLEL_MIN_IN_FLIGHT_BYTES = 67108864;
var PARALLEL_MAX_IN_FLIGHT_BYTES = 268435456;
var PARALLEL_CONTROLLER_TICK_MS = 500;
var PARALLEL_PROBE_KEEP_MARGIN = 1.05;
var PARALLEL_PLATEAU_HOLD_TICKS = 10;
var Notifier = class {
	#resolvers = [];
	wait() {
		return new Promise((resolve3) => this.#resolvers.push(resolve3));
	}
	notifyAll() {
		const resolvers = this.#resolvers;
		this.#resolvers = [];
		for (const resolve3 of resolvers) resolve3();
	}
};
function delay(ms) {
	return new Promise((resolve3) => setTimeout(resolve3, ms));
}
var compressionSchemeLabels = {
	[0]: "None",
	[1]: "LZ4",
	[2]: "ByteGroupingLZ4"
};
var XET_CHUNK_HEADER_BYTES = 8;
function parseChunkHeader(view) {
	const chunkHeader = {
		version: view.getUint8(0),
		compressed_length: view.getUint8(1) | view.getUint8(2) << 8 | view.getUint8(3) << 16,
		compression_scheme: view.getUint8(4),
		uncompressed_length: view.getUint8(5) | view.getUint8(6) << 8 | view.getUint8(7) << 16
	};
	if (chunkHeader.version !== 0) throw new Error(`Unsupported chunk version ${chunkHeader.version}`);
	if (chunkHeader.compression_scheme !== 0 && chunkHeader.compression_scheme !== 1 && chunkHeader.compression_scheme !== 2) throw new Error(`Unsupported compression scheme ${compressionSchemeLabels[chunkHeader.compression_scheme] ?? chunkHeader.compression_scheme}`);
	return chunkHeader;
}
function decompressChunk(chunkHeader, compressed) {
	switch (chunkHeader.compression_scheme) {
		case 1: return decompress(compressed, chunkHeader.uncompressed_length);
		case 2: return bg4_regroup_bytes(decompress(compressed, chunkHeader.uncompressed_length));
		default: return compressed.slice();
	}
}
function decodePartChunks(data, descriptor, rangeList) {
	const ranges = rangeList.getRanges(descriptor.chunks.start, descriptor.chunks.end);
	const staged = /* @__PURE__ */ new Map();
	let chunkIndex = descriptor.chunks.start;
	let offset = 0;
	while (offset < data.byteLength) {
		if (chunkIndex >= descriptor.chunks.end) throw new Error(`Multipart part for chunks ${descriptor.chunks.start}-${descriptor.chunks.end} contains more chunks than expected`);
		if (data.byteLength - offset < XET_CHUNK_HEADER_BYTES) throw new Error("Truncated chunk header in multipart part");
		const chunkHeader = parseChunkHeader(new DataView(data.buffer, data.byteOffset + offset, XET_CHUNK_HEADER_BYTES));
		const compressedStart = offset + XET_CHUNK_HEADER_BYTES;
		const compressedEnd = compressedStart + chunkHeader.compressed_length;
		if (compressedEnd > data.byteLength) throw new Error("Truncated chunk data in multipart part");
		const uncompressed = decompressChunk(chunkHeader, data.subarray(compressedStart, compressedEnd));
		const range2 = ranges.find((range3) => chunkIndex >= range3.start && chunkIndex < range3.end);
		if (range2) {
			let chunks = staged.get(range2);
			if (!chunks) {
				chunks = [];
				staged.set(range2, chunks);
			}
			chunks.push(uncompressed);
		}
		chunkIndex++;
		offset = compressedEnd;
	}
	if (chunkIndex !== descriptor.chunks.end) throw new Error(`Multipart part decoded chunks ${descriptor.chunks.start}-${chunkIndex} but expected ${descriptor.chunks.start}-${descriptor.chunks.end}`);
	return staged;
}
function commitChunks(staged) {
	let committed = 0;
	for (const [range2, chunks] of staged) {
		if (range2.data) continue;
		range2.data = chunks;
		committed += sum(chunks.map((chunk2) => chunk2.byteLength));
	}
	return committed;
}
var XetBlob = class extends Blob {
	fetch;
	accessToken;
	refreshUrl;
	reconstructionUrl;
	hash;
	start = 0;
	end = 0;
	internalLogging = false;
	reconstructionInfo;
	listener;
	parallelDownloads;
	constructor(params) {
		super([]);
		this.fetch = params.fetch ?? http1Fetch;
		this.accessToken = checkCredentials(params);
		this.refreshUrl = params.refreshUrl;
		this.end = params.size;
		this.reconstructionUrl = params.reconstructionUrl;
		this.hash = params.hash;
		this.listener = params.listener;
		this.internalLogging = params.internalLogging ?? false;
		this.parallelDownloads = params.parallelDownloads;
		if (params.readToken) {
			const key = cacheKey({
				refreshUrl: this.refreshUrl,
				initialAccessToken: this.accessToken
			});
			jwts.set(key, {
				accessToken: params.readToken.accessToken,
				expiresAt: /* @__PURE__ */ new Date(params.readToken.exp * 1e3),
				casUrl: params.readToken.casUrl
			});
		}
	}
	get size() {
		return this.end - this.start;
	}
	#clone() {
		const blob = new XetBlob({
			fetch: this.fetch,
			hash: this.hash,
			refreshUrl: this.refreshUrl,
			reconstructionUrl: this.reconstructionUrl,
			size: this.size
		});
		blob.accessToken = this.accessToken;
		blob.start = this.start;
		blob.end = this.end;
		blob.reconstructionInfo = this.reconstructionInfo;
		blob.listener = this.listener;
		blob.internalLogging = this.internalLogging;
		blob.parallelDownloads = this.parallelDownloads;
		return blob;
	}
	slice(start = 0, end = this.size) {
		if (start < 0 || end < 0) throw new TypeError("Unsupported negative start/end on XetBlob.slice");
		const slice = this.#clone();
		slice.start = this.start + start;
		slice.end = Math.min(this.start + end, this.end);
		if (slice.start !== this.start || slice.end !== this.end) slice.reconstructionInfo = void 0;
		return slice;
	}
	#reconstructionInfoPromise;
	#loadReconstructionInfo() {
		if (this.#reconstructionInfoPromise) return this.#reconstructionInfoPromise;
		this.#reconstructionInfoPromise = (async () => {
			const connParams = await getAccessToken(this.accessToken, this.fetch, this.refreshUrl);
			const url = this.reconstructionUrl ? this.reconstructionUrl.replace("/v1/reconstructions/", "/v2/reconstructions/") : `${connParams.casUrl}/v2/reconstructions/${this.hash}`;
			const resp = await this.fetch(url, { headers: {
				Authorization: `Bearer ${connParams.accessToken}`,
				Range: `bytes=${this.start}-${this.end - 1}`
			} });
			if (!resp.ok) throw await createApiError(resp);
			this.reconstructionInfo = await resp.json();
			return this.reconstructionInfo;
		})().finally(() => this.#reconstructionInfoPromise = void 0);
		return this.#reconstructionInfoPromise;
	}
	async #fetch() {
		if (this.size === 0) return new ReadableStream({ start(controller) {
			controller.close();
		} });
		if (!this.reconstructionInfo) await this.#loadReconstructionInfo();
		const rangeLists = /* @__PURE__ */ new Map();
		if (!this.reconstructionInfo) throw new Error("Failed to load reconstruction info");
		for (const term of this.reconstructionInfo.terms) {
			let rangeList = rangeLists.get(term.hash);
			if (!rangeList) {
				rangeList = new RangeList();
				rangeLists.set(term.hash, rangeList);
			}
			rangeList.add(term.range.start, term.range.end);
		}
		const listener = this.listener;
		const log = this.internalLogging ? (...args) => console.log(...args) : () => {};
		async function* readData(reconstructionInfo, customFetch, maxBytes, reloadReconstructionInfo) {
			let totalBytesRead = 0;
			let readBytesToSkip = reconstructionInfo.offset_into_first_range;
			for (const term of reconstructionInfo.terms) {
				if (totalBytesRead >= maxBytes) break;
				const rangeList = rangeLists.get(term.hash);
				if (!rangeList) throw new Error(`Failed to find range list for term ${term.hash}`);
				const locate = (info) => {
					for (const entry of info.xorbs[term.hash] ?? []) {
						const descriptor2 = entry.ranges.find((r) => r.chunks.start <= term.range.start && r.chunks.end >= term.range.end);
						if (descriptor2) return {
							entry,
							descriptor: descriptor2
						};
					}
				};
				const buildMultiRangeHeader = (entry) => `bytes=${entry.ranges.map((r) => `${r.bytes.start}-${r.bytes.end}`).join(",")}`;
				const fetchMultiRangeEntry = async (entry) => {
					let resp2 = await customFetch(entry.url, { headers: { Range: buildMultiRangeHeader(entry) } });
					if (resp2.status === 403) {
						reconstructionInfo = await reloadReconstructionInfo();
						const relocated = locate(reconstructionInfo);
						if (!relocated) throw new Error(`Failed to find fetch info for term ${term.hash} and range ${term.range.start}-${term.range.end} after refresh`);
						entry = relocated.entry;
						resp2 = await customFetch(entry.url, { headers: { Range: buildMultiRangeHeader(entry) } });
					}
					if (!resp2.ok) throw await createApiError(resp2);
					const contentType = resp2.headers.get("content-type") ?? "";
					if (!contentType.includes("multipart/byteranges")) throw new Error(`Expected multipart/byteranges response for multi-range request, got "${contentType}"`);
					const reader2 = resp2.body?.getReader();
					if (!reader2) throw new Error("Failed to get reader from response body");
					const parser = new StreamingMultipartParser(contentType);
					const stagedParts = [];
					let partIndex = 0;
					const consumeParts = (parts) => {
						for (const part of parts) {
							const descriptor2 = entry.ranges[partIndex];
							if (!descriptor2) throw new Error(`Received more multipart parts than the ${entry.ranges.length} signed ranges`);
							stagedParts.push(decodePartChunks(part, descriptor2, rangeList));
							partIndex++;
						}
					};
					try {
						for (;;) {
							const result = await reader2.read();
							listener?.({ event: "read" });
							if (result.done) break;
							if (result.value) consumeParts(parser.push(result.value));
						}
						consumeParts(parser.push());
					} finally {
						await reader2.cancel().catch(() => {});
					}
					if (partIndex !== entry.ranges.length) throw new Error(`Multi-range fetch produced ${partIndex} parts but expected ${entry.ranges.length} for term ${term.hash}`);
					for (const staged of stagedParts) commitChunks(staged);
				};
				let termRanges = rangeList.getRanges(term.range.start, term.range.end);
				if (!termRanges.every((range2) => range2.data)) {
					const located2 = locate(reconstructionInfo);
					if (!located2) throw new Error(`Failed to find fetch info for term ${term.hash} and range ${term.range.start}-${term.range.end}`);
					if (located2.entry.ranges.length > 1) {
						await fetchMultiRangeEntry(located2.entry);
						termRanges = rangeList.getRanges(term.range.start, term.range.end);
					}
				}
				if (termRanges.every((range2) => range2.data)) {
					log("all data available for term", term.hash, readBytesToSkip);
					const cachedLength = sum(termRanges.map((range2) => sum(range2.data.map((chunk2) => chunk2.byteLength))));
					if (cachedLength !== term.unpacked_length) throw new Error(`Term ${term.hash} range ${term.range.start}-${term.range.end} decoded to ${cachedLength} bytes, expected ${term.unpacked_length}`);
					rangeLoop: for (const range2 of termRanges) for (let chunk2 of range2.data) {
						if (readBytesToSkip) {
							const skipped = Math.min(readBytesToSkip, chunk2.byteLength);
							chunk2 = chunk2.slice(skipped);
							readBytesToSkip -= skipped;
							if (!chunk2.byteLength) continue;
						}
						if (chunk2.byteLength > maxBytes - totalBytesRead) chunk2 = chunk2.slice(0, maxBytes - totalBytesRead);
						totalBytesRead += chunk2.byteLength;
						yield range2.refCount > 1 ? chunk2.slice() : chunk2;
						listener?.({
							event: "progress",
							progress: {
								read: totalBytesRead,
								total: maxBytes
							}
						});
						if (totalBytesRead >= maxBytes) break rangeLoop;
					}
					rangeList.remove(term.range.start, term.range.end);
					continue;
				}
				let located = locate(reconstructionInfo);
				if (!located) throw new Error(`Failed to find fetch info for term ${term.hash} and range ${term.range.start}-${term.range.end}`);
				let descriptor = located.descriptor;
				log("term", term);
				log("descriptor", descriptor);
				log("readBytesToSkip", readBytesToSkip);
				let resp = await customFetch(located.entry.url, { headers: { Range: `bytes=${descriptor.bytes.start}-${descriptor.bytes.end}` } });
				if (resp.status === 403) {
					reconstructionInfo = await reloadReconstructionInfo();
					located = locate(reconstructionInfo);
					if (!located) throw new Error(`Failed to find fetch info for term ${term.hash} and range ${term.range.start}-${term.range.end} after refresh`);
					descriptor = located.descriptor;
					resp = await customFetch(located.entry.url, { headers: { Range: `bytes=${descriptor.bytes.start}-${descriptor.bytes.end}` } });
				}
				if (!resp.ok) throw await createApiError(resp);
				log("expected content length", resp.headers.get("content-length"), "range", descriptor.bytes, resp.headers.get("content-range"));
				const reader = resp.body?.getReader();
				if (!reader) throw new Error("Failed to get reader from response body");
				let done = false;
				let chunkIndex = descriptor.chunks.start;
				const ranges = rangeList.getRanges(descriptor.chunks.start, descriptor.chunks.end);
				let leftoverBytes = void 0;
				let totalFetchBytes = 0;
				fetchData: while (!done && totalBytesRead < maxBytes) {
					const result = await reader.read();
					listener?.({ event: "read" });
					done = result.done;
					log("read", result.value?.byteLength, "bytes", "total read", totalBytesRead, "toSkip", readBytesToSkip);
					if (!result.value) {
						log("no data in result, cancelled", result);
						continue;
					}
					totalFetchBytes += result.value.byteLength;
					if (leftoverBytes) {
						result.value = combineUint8Arrays(leftoverBytes, result.value);
						leftoverBytes = void 0;
					}
					while (totalBytesRead < maxBytes && result.value?.byteLength) {
						if (result.value.byteLength < 8) {
							leftoverBytes = result.value;
							continue fetchData;
						}
						const chunkHeader = parseChunkHeader(new DataView(result.value.buffer, result.value.byteOffset, XET_CHUNK_HEADER_BYTES));
						log("chunk header", chunkHeader, "to skip", readBytesToSkip);
						if (result.value.byteLength < chunkHeader.compressed_length + XET_CHUNK_HEADER_BYTES) {
							leftoverBytes = result.value;
							continue fetchData;
						}
						result.value = result.value.slice(XET_CHUNK_HEADER_BYTES);
						let uncompressed = decompressChunk(chunkHeader, result.value.subarray(0, chunkHeader.compressed_length));
						const range2 = ranges.find((range3) => chunkIndex >= range3.start && chunkIndex < range3.end);
						const shouldYield = chunkIndex >= term.range.start && chunkIndex < term.range.end;
						const minRefCountToStore = shouldYield ? 2 : 1;
						let stored = false;
						if (range2 && range2.refCount >= minRefCountToStore) {
							range2.data ??= [];
							range2.data.push(uncompressed);
							stored = true;
						}
						if (shouldYield) {
							if (readBytesToSkip) {
								const skipped = Math.min(readBytesToSkip, uncompressed.byteLength);
								uncompressed = uncompressed.slice(readBytesToSkip);
								readBytesToSkip -= skipped;
							}
							if (uncompressed.byteLength > maxBytes - totalBytesRead) uncompressed = uncompressed.slice(0, maxBytes - totalBytesRead);
							if (uncompressed.byteLength) {
								log("yield", uncompressed.byteLength, "bytes", result.value.byteLength, "total read", totalBytesRead, stored);
								totalBytesRead += uncompressed.byteLength;
								yield stored ? uncompressed.slice() : uncompressed;
								listener?.({
									event: "progress",
									progress: {
										read: totalBytesRead,
										total: maxBytes
									}
								});
							}
						}
						chunkIndex++;
						result.value = result.value.slice(chunkHeader.compressed_length);
					}
				}
				if (done && totalBytesRead < maxBytes && totalFetchBytes < descriptor.bytes.end - descriptor.bytes.start + 1) {
					log("done", done, "total read", totalBytesRead, maxBytes, totalFetchBytes);
					log("failed to fetch all data for term", term.hash);
					throw new Error(`Failed to fetch all data for term ${term.hash}, fetched ${totalFetchBytes} bytes out of ${descriptor.bytes.end - descriptor.bytes.start + 1}`);
				}
				log("done", done, "total read", totalBytesRead, maxBytes, totalFetchBytes);
				log("cancel reader");
				await reader.cancel();
			}
		}
		const parallelOptions = this.parallelDownloads === false ? void 0 : this.parallelDownloads === true || this.parallelDownloads === void 0 ? {} : this.parallelDownloads;
		async function* readDataParallel(reconstructionInfo, customFetch, maxBytes, reloadReconstructionInfo, opts) {
			let totalBytesRead = 0;
			let readBytesToSkip = reconstructionInfo.offset_into_first_range;
			const terms = reconstructionInfo.terms;
			const locateEntryFor = (info, term) => {
				for (const entry of info.xorbs[term.hash] ?? []) if (entry.ranges.find((r) => r.chunks.start <= term.range.start && r.chunks.end >= term.range.end)) return entry;
			};
			const plan = [];
			const planIndexByUrl = /* @__PURE__ */ new Map();
			const termEntryIndex = [];
			for (const term of terms) {
				const entry = locateEntryFor(reconstructionInfo, term);
				if (!entry) throw new Error(`Failed to find fetch info for term ${term.hash} and range ${term.range.start}-${term.range.end}`);
				let idx = planIndexByUrl.get(entry.url);
				if (idx === void 0) {
					idx = plan.length;
					plan.push({
						hash: term.hash,
						ranges: entry.ranges,
						url: entry.url
					});
					planIndexByUrl.set(entry.url, idx);
				}
				termEntryIndex.push(idx);
			}
			const maxConcurrency = Math.max(1, opts.maxConcurrency ?? PARALLEL_DEFAULT_MAX_CONCURRENCY);
			const estimateEntryBytes = (item) => sum(item.ranges.map((r) => r.bytes.end - r.bytes.start + 1));
			const largestEntryBytes = plan.length ? Math.max(...plan.map(estimateEntryBytes)) : 0;
			const maxInFlightBytes = opts.maxInFlightBytes ?? Math.min(PARALLEL_MAX_IN_FLIGHT_BYTES, Math.max(PARALLEL_MIN_IN_FLIGHT_BYTES, 3 * largestEntryBytes));
			const state = {
				nextEntry: 0,
				neededEntry: 0,
				target: 1,
				error: void 0,
				finished: false,
				inFlightBytes: 0,
				decodedBytes: 0,
				active: 0,
				claimed: 0,
				maxActive: 0,
				activeHighWater: 0,
				count429: 0,
				targetHistory: []
			};
			const notifier = new Notifier();
			const budgetAcquire = async (n, entryIdx) => {
				while (!state.error && !state.finished && state.inFlightBytes + n > maxInFlightBytes && entryIdx !== state.neededEntry) await notifier.wait();
				state.inFlightBytes += n;
			};
			const budgetRelease = (n) => {
				state.inFlightBytes -= n;
				notifier.notifyAll();
			};
			const refreshPlanUrls = (info) => {
				for (const item of plan) {
					const match = (info.xorbs[item.hash] ?? []).find((e) => e.ranges.length === item.ranges.length && e.ranges.every((r, i) => r.chunks.start === item.ranges[i].chunks.start && r.chunks.end === item.ranges[i].chunks.end));
					if (match) {
						item.url = match.url;
						item.ranges = match.ranges;
					}
				}
			};
			const rangeHeaderFor = (item) => `bytes=${item.ranges.map((r) => `${r.bytes.start}-${r.bytes.end}`).join(",")}`;
			const decodeEntry = async (item, entryIdx, tally) => {
				if (state.error || state.finished) return;
				const rangeList = rangeLists.get(item.hash);
				if (!rangeList) throw new Error(`Failed to find range list for entry ${item.hash}`);
				let resp = await customFetch(item.url, { headers: { Range: rangeHeaderFor(item) } });
				let attempts403 = 0;
				let attempts429 = 0;
				while (resp.status === 403 && attempts403 < 1 || resp.status === 429 && attempts429 < 3) {
					await resp.body?.cancel().catch(() => {});
					if (resp.status === 403) {
						attempts403++;
						reconstructionInfo = await reloadReconstructionInfo();
						refreshPlanUrls(reconstructionInfo);
					} else {
						attempts429++;
						state.count429++;
						notifier.notifyAll();
						await delay(300 * attempts429);
					}
					resp = await customFetch(item.url, { headers: { Range: rangeHeaderFor(item) } });
				}
				if (!resp.ok) throw await createApiError(resp);
				const reader = resp.body?.getReader();
				if (!reader) throw new Error("Failed to get reader from response body");
				try {
					if (item.ranges.length > 1) {
						const contentType = resp.headers.get("content-type") ?? "";
						if (!contentType.includes("multipart/byteranges")) throw new Error(`Expected multipart/byteranges response for multi-range request, got "${contentType}"`);
						const parser = new StreamingMultipartParser(contentType);
						let partIndex = 0;
						const handleParts = async (parts) => {
							for (const part of parts) {
								const descriptor = item.ranges[partIndex];
								if (!descriptor) throw new Error(`Received more multipart parts than the ${item.ranges.length} signed ranges`);
								const staged = decodePartChunks(part, descriptor, rangeList);
								tally.committed += commitChunks(staged);
								state.decodedBytes += part.byteLength;
								partIndex++;
								notifier.notifyAll();
							}
						};
						for (;;) {
							if (state.error || state.finished) return;
							const result = await reader.read();
							listener?.({ event: "read" });
							if (result.done) break;
							if (result.value) await handleParts(parser.push(result.value));
						}
						await handleParts(parser.push());
						if (!state.finished && partIndex !== item.ranges.length) throw new Error(`Multi-range fetch produced ${partIndex} parts but expected ${item.ranges.length} for ${item.hash}`);
					} else {
						const descriptor = item.ranges[0];
						const ranges = rangeList.getRanges(descriptor.chunks.start, descriptor.chunks.end);
						const staged = /* @__PURE__ */ new Map();
						let chunkIndex = descriptor.chunks.start;
						let leftover;
						let done = false;
						while (!done) {
							if (state.error || state.finished) return;
							const result = await reader.read();
							listener?.({ event: "read" });
							done = result.done;
							let value = result.value;
							if (!value) continue;
							if (leftover) {
								value = combineUint8Arrays(leftover, value);
								leftover = void 0;
							}
							while (value.byteLength) {
								if (value.byteLength < XET_CHUNK_HEADER_BYTES) {
									leftover = value;
									break;
								}
								const chunkHeader = parseChunkHeader(new DataView(value.buffer, value.byteOffset, XET_CHUNK_HEADER_BYTES));
								if (value.byteLength < XET_CHUNK_HEADER_BYTES + chunkHeader.compressed_length) {
									leftover = value;
									break;
								}
								const uncompressed = decompressChunk(chunkHeader, value.subarray(XET_CHUNK_HEADER_BYTES, XET_CHUNK_HEADER_BYTES + chunkHeader.compressed_length));
								const range2 = ranges.find((r) => chunkIndex >= r.start && chunkIndex < r.end);
								if (range2) {
									let chunks = staged.get(range2);
									if (!chunks) {
										chunks = [];
										staged.set(range2, chunks);
									}
									chunks.push(uncompressed);
									if (chunkIndex === range2.end - 1 && !range2.data) {
										range2.data = chunks;
										tally.committed += sum(chunks.map((chunk2) => chunk2.byteLength));
										notifier.notifyAll();
									}
								}
								state.decodedBytes += uncompressed.byteLength;
								chunkIndex++;
								value = value.slice(XET_CHUNK_HEADER_BYTES + chunkHeader.compressed_length);
							}
						}
						if (!state.finished) {
							for (const range2 of ranges) if (!range2.data) throw new Error(`Failed to fetch all data for ${item.hash} chunks ${range2.start}-${range2.end} (stream ended early)`);
						}
					}
				} finally {
					await reader.cancel().catch(() => {});
				}
			};
			const isTransientNetworkError = (error) => error instanceof TypeError || /terminated|socket|network|ECONNRESET|fetch failed/i.test(String(error));
			const runWorker = async (workerId) => {
				for (;;) {
					if (state.error || state.finished) return;
					if (workerId >= state.target) {
						await notifier.wait();
						continue;
					}
					const idx = state.nextEntry;
					if (idx >= plan.length) return;
					state.nextEntry++;
					state.claimed++;
					const est = estimateEntryBytes(plan[idx]);
					try {
						await budgetAcquire(est, idx);
						if (state.error || state.finished) {
							budgetRelease(est);
							return;
						}
						state.active++;
						state.maxActive = Math.max(state.maxActive, state.active);
						state.activeHighWater = Math.max(state.activeHighWater, state.active);
						let lastError;
						const tally = { committed: 0 };
						for (let attempt = 0; attempt < 2; attempt++) try {
							await decodeEntry(plan[idx], idx, tally);
							budgetRelease(est - tally.committed);
							lastError = void 0;
							break;
						} catch (error) {
							lastError = error;
							if (attempt === 0 && !state.finished && isTransientNetworkError(error)) {
								log("retrying entry after transient error", plan[idx].hash, error);
								await delay(250);
								continue;
							}
						}
						if (lastError) {
							budgetRelease(est);
							state.error ??= lastError;
						}
						state.active--;
					} finally {
						state.claimed--;
						notifier.notifyAll();
					}
				}
			};
			const workersDone = Promise.allSettled(Array.from({ length: maxConcurrency }, (_, i) => runWorker(i)));
			const levelRate = /* @__PURE__ */ new Map();
			let lastBytes = 0;
			let last429 = 0;
			let settleTicks = 1;
			let holdTicks = 0;
			const controller = setInterval(() => {
				const rate = state.decodedBytes - lastBytes;
				lastBytes = state.decodedBytes;
				const tickHighWater = state.activeHighWater;
				state.activeHighWater = state.active;
				holdTicks = Math.max(0, holdTicks - 1);
				if (state.count429 > last429) {
					last429 = state.count429;
					state.target = Math.max(1, state.target - 1);
					settleTicks = 1;
					holdTicks = PARALLEL_PLATEAU_HOLD_TICKS;
				} else if (rate === 0 && state.nextEntry < plan.length) {
					state.target = Math.min(maxConcurrency, state.target + 1);
					settleTicks = 1;
				} else if (settleTicks > 0) settleTicks--;
				else if (state.claimed >= state.target && tickHighWater <= state.target) {
					const ewma = ((levelRate.get(state.target) ?? rate) + rate) / 2;
					levelRate.set(state.target, ewma);
					const below = levelRate.get(state.target - 1);
					if (state.target > 1 && below === void 0) {
						state.target--;
						settleTicks = 1;
					} else if (below !== void 0 && ewma < below * PARALLEL_PROBE_KEEP_MARGIN) {
						levelRate.delete(state.target);
						state.target--;
						settleTicks = 1;
						holdTicks = PARALLEL_PLATEAU_HOLD_TICKS;
					} else if (holdTicks === 0 && state.target < maxConcurrency) {
						state.target++;
						settleTicks = 1;
					}
				}
				state.targetHistory.push(state.target);
				notifier.notifyAll();
			}, opts.controllerTickMs ?? PARALLEL_CONTROLLER_TICK_MS);
			try {
				for (let termIdx = 0; termIdx < terms.length; termIdx++) {
					const term = terms[termIdx];
					if (totalBytesRead >= maxBytes) break;
					state.neededEntry = termEntryIndex[termIdx];
					notifier.notifyAll();
					const rangeList = rangeLists.get(term.hash);
					if (!rangeList) throw new Error(`Failed to find range list for term ${term.hash}`);
					let termRanges = rangeList.getRanges(term.range.start, term.range.end);
					while (!termRanges.every((range2) => range2.data)) {
						if (state.error) throw state.error;
						if (state.claimed === 0 && state.nextEntry >= plan.length) throw new Error(`Download workers finished without producing data for term ${term.hash} range ${term.range.start}-${term.range.end}`);
						await notifier.wait();
						termRanges = rangeList.getRanges(term.range.start, term.range.end);
					}
					log("all data available for term", term.hash, readBytesToSkip);
					const cachedLength = sum(termRanges.map((range2) => sum(range2.data.map((chunk2) => chunk2.byteLength))));
					if (cachedLength !== term.unpacked_length) throw new Error(`Term ${term.hash} range ${term.range.start}-${term.range.end} decoded to ${cachedLength} bytes, expected ${term.unpacked_length}`);
					rangeLoop: for (const range2 of termRanges) for (let chunk2 of range2.data) {
						if (readBytesToSkip) {
							const skipped = Math.min(readBytesToSkip, chunk2.byteLength);
							chunk2 = chunk2.slice(skipped);
							readBytesToSkip -= skipped;
							if (!chunk2.byteLength) continue;
						}
						if (chunk2.byteLength > maxBytes - totalBytesRead) chunk2 = chunk2.slice(0, maxBytes - totalBytesRead);
						totalBytesRead += chunk2.byteLength;
						yield range2.refCount > 1 ? chunk2.slice() : chunk2;
						listener?.({
							event: "progress",
							progress: {
								read: totalBytesRead,
								total: maxBytes
							}
						});
						if (totalBytesRead >= maxBytes) break rangeLoop;
					}
					let freed = 0;
					for (const range2 of termRanges) if (range2.refCount === 1 && range2.data) freed += sum(range2.data.map((chunk2) => chunk2.byteLength));
					rangeList.remove(term.range.start, term.range.end);
					budgetRelease(freed);
				}
			} finally {
				state.finished = true;
				clearInterval(controller);
				notifier.notifyAll();
				await workersDone;
				opts.onStat?.({
					entries: plan.length,
					maxActive: state.maxActive,
					finalTarget: state.target,
					count429: state.count429,
					targetHistory: state.targetHistory
				});
			}
		}
		const iterator = parallelOptions && (parallelOptions.maxConcurrency ?? PARALLEL_DEFAULT_MAX_CONCURRENCY) > 1 ? readDataParallel(this.reconstructionInfo, this.fetch, this.end - this.start, this.#loadReconstructionInfo.bind(this), parallelOptions) : readData(this.reconstructionInfo, this.fetch, this.end - this.start, this.#loadReconstructionInfo.bind(this));
		return new ReadableStream({
			async pull(controller) {
				const result = await iterator.next();
				if (result.value) controller.enqueue(result.value);
				if (result.done) controller.close();
			},
			async cancel() {
				await iterator.return?.(void 0);
			},
			type: "bytes"
		}, { highWaterMark: 1e3 });
	}
	async arrayBuffer() {
		const reader = (await this.#fetch()).getReader();
		const chunks = [];
		for (;;) {
			const { done, value } = await reader.read();
			if (done) break;
			chunks.push(value);
		}
		return concatUint8Arrays(chunks).buffer;
	}
	async text() {
		return new TextDecoder().decode(await this.arrayBuffer());
	}
	async response() {
		const result = await this.#fetch();
		return new Response(result);
	}
	stream() {
		const stream = new TransformStream();
		this.#fetch().then((response) => response.pipeThrough(stream)).catch((error) => stream.writable.abort(error.message));
		return stream.readable;
	}
};
var jwtPromises = /* @__PURE__ */ new Map();
var jwts = /* @__PURE__ */ new Map();
function cacheKey(params) {
	return JSON.stringify([params.refreshUrl, params.initialAccessToken]);
}
function bg4_regroup_bytes(bytes) {
	const split = Math.floor(bytes.byteLength / 4);
	const rem = bytes.byteLength % 4;
	const g1_pos = split + (rem >= 1 ? 1 : 0);
	const g2_pos = g1_pos + split + (rem >= 2 ? 1 : 0);
	const g3_pos = g2_pos + split + (rem == 3 ? 1 : 0);
	const ret = new Uint8Array(bytes.byteLength);
	for (let i = 0, j = 0; i < bytes.byteLength; i += 4, j++) ret[i] = bytes[j];
	for (let i = 1, j = g1_pos; i < bytes.byteLength; i += 4, j++) ret[i] = bytes[j];
	for (let i = 2, j = g2_pos; i < bytes.byteLength; i += 4, j++) ret[i] = bytes[j];
	for (let i = 3, j = g3_pos; i < bytes.byteLength; i += 4, j++) ret[i] = bytes[j];
	return ret;
}
function bg4_split_bytes(bytes) {
	const ret = new Uint8Array(bytes.byteLength);
	const split = Math.floor(bytes.byteLength / 4);
	const rem = bytes.byteLength % 4;
	const g1_pos = split + (rem >= 1 ? 1 : 0);
	const g2_pos = g1_pos + split + (rem >= 2 ? 1 : 0);
	const g3_pos = g2_pos + split + (rem == 3 ? 1 : 0);
	for (let i = 0, j = 0; i < bytes.byteLength; i += 4, j++) ret[j] = bytes[i];
	for (let i = 1, j = g1_pos; i < bytes.byteLength; i += 4, j++) ret[j] = bytes[i];
	for (let i = 2, j = g2_pos; i < bytes.byteLength; i += 4, j++) ret[j] = bytes[i];
	for (let i = 3, j = g3_pos; i < bytes.byteLength; i += 4, j++) ret[j] = bytes[i];
	return ret;
}
async function getAccessToken(initialAccessToken, customFetch, refreshUrl) {
	const key = cacheKey({
		refreshUrl,
		initialAccessToken
	});
	const jwt = jwts.get(key);
	if (jwt && jwt.expiresAt > new Date(Date.now() + JWT_SAFETY_PERIOD)) return {
		accessToken: jwt.accessToken,
		casUrl: jwt.casUrl
	};
	const existingPromise = jwtPromises.get(key);
	if (existingPromise) return existingPromise;
	const promise = (async () => {
		const resp = await customFetch(refreshUrl, { headers: { ...initialAccessToken ? { Authorization: `Bearer ${initialAccessToken}` } : {} } });
		if (!resp.ok) throw new Error(`Failed to get JWT token: ${resp.status} ${await resp.text()}`);
		const json = await resp.json();
		const jwt2 = {
			accessToken: json.accessToken,
			expiresAt: /* @__PURE__ */ new Date(json.exp * 1e3),
			casUrl: json.casUrl
		};
		for (const [key2, value] of jwts.entries()) if (value.expiresAt < new Date(Date.now() + JWT_SAFETY_PERIOD)) jwts.delete(key2);
		else break;
		if (jwts.size >= JWT_CACHE_SIZE) {
			const keyToDelete = jwts.keys().next().value;
			if (keyToDelete) jwts.delete(keyToDelete);
		}
		jwts.set(key, jwt2);
		return {
			accessToken: json.accessToken,
			casUrl: json.casUrl
		};
	})().finally(() => {
		jwtPromises.delete(key);
	});
	jwtPromises.set(key, promise);
	return promise;
}
function range(n, b) {
	return b ? Array(b - n).fill(0).map((_, i) => n + i) : Array(n).fill(0).map((_, i) => i);
}
function chunk(arr, chunkSize) {
	if (isNaN(chunkSize) || chunkSize < 1) throw new RangeError("Invalid chunk size: " + chunkSize);
	if (!arr.length) return [];
	if (arr.length <= chunkSize) return [arr];
	return range(Math.ceil(arr.length / chunkSize)).map((i) => {
		return arr.slice(i * chunkSize, (i + 1) * chunkSize);
	});
}
async function promisesQueue(factories, concurrency) {
	const results = [];
	const executing = /* @__PURE__ */ new Set();
	let index = 0;
	for (const factory of factories) {
		const closureIndex = index++;
		const e = factory().then((r) => {
			results[closureIndex] = r;
			executing.delete(e);
		});
		executing.add(e);
		if (executing.size >= concurrency) await Promise.race(executing);
	}
	await Promise.all(executing);
	return results;
}
async function promisesQueueStreaming(factories, concurrency) {
	const executing = [];
	for await (const factory of factories) {
		const e = factory().then(() => {
			executing.splice(executing.indexOf(e), 1);
		});
		executing.push(e);
		if (executing.length >= concurrency) await Promise.race(executing);
	}
	await Promise.all(executing);
}
var WebBlob = class extends Blob {
	static async create(url, opts) {
		const customFetch = opts?.fetch ?? fetch;
		const probe = await customFetch(url, { headers: {
			Range: "bytes=0-0",
			...opts?.accessToken && { Authorization: `Bearer ${opts.accessToken}` }
		} });
		if (!probe.ok) throw await createApiError(probe);
		const contentType = probe.headers.get("content-type") || "";
		if (probe.status === 206) {
			const totalSize = Number(probe.headers.get("content-range")?.split("/").pop());
			await probe.body?.cancel();
			if (Number.isFinite(totalSize) && totalSize >= (opts?.cacheBelow ?? 1e6)) return new WebBlob(url, 0, totalSize, contentType, true, customFetch, opts?.accessToken);
			const full = await customFetch(url, { ...opts?.accessToken && { headers: { Authorization: `Bearer ${opts.accessToken}` } } });
			if (!full.ok) throw await createApiError(full);
			return full.blob();
		}
		return probe.blob();
	}
	url;
	start;
	end;
	contentType;
	full;
	fetch;
	accessToken;
	constructor(url, start, end, contentType, full, customFetch, accessToken) {
		super([]);
		this.url = url;
		this.start = start;
		this.end = end;
		this.contentType = contentType;
		this.full = full;
		this.fetch = customFetch;
		this.accessToken = accessToken;
	}
	get size() {
		return this.end - this.start;
	}
	get type() {
		return this.contentType;
	}
	slice(start = 0, end = this.size) {
		if (start < 0 || end < 0) throw new TypeError("Unsupported negative start/end on WebBlob.slice");
		return new WebBlob(this.url, this.start + start, Math.min(this.start + end, this.end), this.contentType, start === 0 && end === this.size ? this.full : false, this.fetch, this.accessToken);
	}
	async arrayBuffer() {
		return (await this.fetchRange()).arrayBuffer();
	}
	async text() {
		return (await this.fetchRange()).text();
	}
	stream() {
		const stream = new TransformStream();
		this.fetchRange().then((response) => response.body?.pipeThrough(stream)).catch((error) => stream.writable.abort(error.message));
		return stream.readable;
	}
	fetchRange() {
		const fetch2 = this.fetch;
		if (this.full) return fetch2(this.url, { ...this.accessToken && { headers: { Authorization: `Bearer ${this.accessToken}` } } }).then((resp) => resp.ok ? resp : createApiError(resp));
		return fetch2(this.url, { headers: {
			Range: `bytes=${this.start}-${this.end - 1}`,
			...this.accessToken && { Authorization: `Bearer ${this.accessToken}` }
		} }).then((resp) => resp.ok ? resp : createApiError(resp));
	}
};
function base64FromBytes(arr) {
	if (globalThis.Buffer) return globalThis.Buffer.from(arr).toString("base64");
	else {
		const bin = [];
		arr.forEach((byte) => {
			bin.push(String.fromCharCode(byte));
		});
		return globalThis.btoa(bin.join(""));
	}
}
async function createBlobs(url, destPath, opts) {
	if (url.protocol === "http:" || url.protocol === "https:") return [{
		path: destPath,
		blob: await WebBlob.create(url, {
			fetch: opts?.fetch,
			accessToken: opts?.accessToken
		})
	}];
	if (isFrontend) throw new TypeError(`Unsupported URL protocol "${url.protocol}"`);
	if (url.protocol === "file:") {
		const { FileBlob } = await import("./shared-FileBlob-UNXOJWFM.js");
		const { subPaths } = await import("./shared-sub-paths-HFKHI55E.js");
		const paths = await subPaths(url, opts?.maxFolderDepth);
		if (paths.length === 1 && paths[0].relativePath === ".") return [{
			path: destPath,
			blob: await FileBlob.create(url)
		}];
		return Promise.all(paths.map(async (path2) => ({
			path: `${destPath}/${path2.relativePath}`.replace(/\/[.]$/, "").replaceAll("//", "/").replace(/^[.]?\//, ""),
			blob: await FileBlob.create(new URL(path2.path))
		})));
	}
	throw new TypeError(`Unsupported URL protocol "${url.protocol}"`);
}
var CHUNK_CACHE_INITIAL_SIZE = 1e4;
var CHUNK_CACHE_GROW_FACTOR = 1.5;
var CHUNK_CACHE_MAX_SIZE = 1e6;
var ChunkCache = class {
	index = 0;
	xorbIndices;
	chunkIndices;
	map = /* @__PURE__ */ new Map();
	hmacs = /* @__PURE__ */ new Set();
	maxSize;
	constructor(maxSize = CHUNK_CACHE_MAX_SIZE) {
		if (maxSize < 1) throw new Error("maxSize must be at least 1");
		this.maxSize = maxSize;
		this.xorbIndices = new Int32Array(Math.min(CHUNK_CACHE_INITIAL_SIZE, maxSize));
		this.chunkIndices = new Uint16Array(Math.min(CHUNK_CACHE_INITIAL_SIZE, maxSize));
	}
	addChunkToCache(hash2, xorbIndex, chunkIndex, hmac3) {
		if (this.map.has(hash2)) return;
		if (this.map.values().next().value === this.index) this.map.delete(this.map.keys().next().value);
		this.map.set(hash2, this.index);
		if (hmac3 !== null) this.hmacs.add(hmac3);
		if (this.index >= this.xorbIndices.length) {
			const oldXorbIndices = this.xorbIndices;
			const oldChunkIndices = this.chunkIndices;
			this.xorbIndices = new Int32Array(Math.min(this.xorbIndices.length * CHUNK_CACHE_GROW_FACTOR, this.maxSize));
			this.chunkIndices = new Uint16Array(Math.min(this.chunkIndices.length * CHUNK_CACHE_GROW_FACTOR, this.maxSize));
			this.xorbIndices.set(oldXorbIndices);
			this.chunkIndices.set(oldChunkIndices);
		}
		this.xorbIndices[this.index] = xorbIndex;
		this.chunkIndices[this.index] = chunkIndex;
		this.index = (this.index + 1) % this.maxSize;
	}
	getChunk(hash2, hmacFunction) {
		let index = this.map.get(hash2);
		if (index === void 0 && hmacFunction !== null) for (const hmac3 of this.hmacs) {
			index = this.map.get(hmacFunction(hash2, hmac3));
			if (index !== void 0) break;
		}
		if (index === void 0) return;
		return {
			xorbIndex: this.xorbIndices[index],
			chunkIndex: this.chunkIndices[index]
		};
	}
	updateChunkIndex(hash2, chunkIndex) {
		const index = this.map.get(hash2);
		if (index === void 0) throw new Error(`Chunk not found in cache: ${hash2}`);
		this.chunkIndices[index] = chunkIndex;
	}
	removeChunkFromCache(hash2) {
		this.map.delete(hash2);
	}
};
var JWT_SAFETY_PERIOD2 = 6e4;
var JWT_CACHE_SIZE2 = 1e3;
var jwtPromises2 = /* @__PURE__ */ new Map();
var jwts2 = /* @__PURE__ */ new Map();
async function xetWriteToken(params) {
	if (params.xetParams.expiresAt && params.xetParams.casUrl && params.xetParams.accessToken && params.xetParams.expiresAt > new Date(Date.now() + JWT_SAFETY_PERIOD2)) return {
		accessToken: params.xetParams.accessToken,
		casUrl: params.xetParams.casUrl
	};
	const key = params.xetParams.refreshWriteTokenUrl;
	const jwt = jwts2.get(key);
	if (jwt && jwt.expiresAt > new Date(Date.now() + JWT_SAFETY_PERIOD2)) return {
		accessToken: jwt.accessToken,
		casUrl: jwt.casUrl
	};
	const existingPromise = jwtPromises2.get(key);
	if (existingPromise) return existingPromise;
	const promise = (async () => {
		const resp = await (params.fetch ?? fetch)(params.xetParams.refreshWriteTokenUrl, { headers: {
			...params.accessToken ? { Authorization: `Bearer ${params.accessToken}` } : {},
			...params.xetParams.sessionId ? { "X-Xet-Session-Id": params.xetParams.sessionId } : {}
		} });
		if (!resp.ok) throw await createApiError(resp);
		const json = await resp.json();
		const jwt2 = {
			accessToken: json.accessToken,
			expiresAt: /* @__PURE__ */ new Date(json.exp * 1e3),
			casUrl: json.casUrl
		};
		for (const [key2, value] of jwts2.entries()) if (value.expiresAt < new Date(Date.now() + JWT_SAFETY_PERIOD2)) jwts2.delete(key2);
		else break;
		if (jwts2.size >= JWT_CACHE_SIZE2) {
			const keyToDelete = jwts2.keys().next().value;
			if (keyToDelete) jwts2.delete(keyToDelete);
		}
		jwts2.set(key, jwt2);
		return {
			accessToken: json.accessToken,
			casUrl: json.casUrl
		};
	})().finally(() => {
		jwtPromises2.delete(key);
	});
	jwtPromises2.set(key, promise);
	return promise;
}
var HASH_LENGTH = 32;
var XORB_HASH_BOOKEND = "ff".repeat(HASH_LENGTH);
function readHashFromArray(array, offset) {
	let hash2 = "";
	for (let i = 0; i < HASH_LENGTH; i += 8) hash2 += `${array[offset + i + 7].toString(16).padStart(2, "0")}${array[offset + i + 6].toString(16).padStart(2, "0")}${array[offset + i + 5].toString(16).padStart(2, "0")}${array[offset + i + 4].toString(16).padStart(2, "0")}${array[offset + i + 3].toString(16).padStart(2, "0")}${array[offset + i + 2].toString(16).padStart(2, "0")}${array[offset + i + 1].toString(16).padStart(2, "0")}${array[offset + i].toString(16).padStart(2, "0")}`;
	return hash2;
}
async function parseShardData(shardBlob) {
	const shard = new Uint8Array(await shardBlob.arrayBuffer());
	const shardView = new DataView(shard.buffer);
	if (!shard.slice(0, SHARD_MAGIC_TAG.length).every((byte, i) => byte === SHARD_MAGIC_TAG[i])) throw new Error("Invalid shard magic tag");
	const version = shardView.getBigUint64(SHARD_MAGIC_TAG.length, true);
	if (version !== SHARD_HEADER_VERSION) throw new Error(`Invalid shard version: ${version}`);
	const footerSize = Number(shardView.getBigUint64(SHARD_MAGIC_TAG.length + 8, true));
	const footerStart = shard.length - footerSize;
	const footerVersion = shardView.getBigUint64(footerStart, true);
	if (footerVersion !== SHARD_FOOTER_VERSION) throw new Error(`Invalid shard footer version: ${footerVersion}`);
	const xorbInfoStart = Number(shardView.getBigUint64(footerStart + 16, true));
	const fileLookupStart = Number(shardView.getBigUint64(footerStart + 24, true));
	const hmacKey = readHashFromArray(shard, footerStart + 72);
	const xorbs = [];
	let offset = xorbInfoStart;
	while (offset < fileLookupStart) {
		const xorbHash2 = readHashFromArray(shard, offset);
		offset += HASH_LENGTH;
		if (xorbHash2 === XORB_HASH_BOOKEND) break;
		offset += 4;
		const chunkCount = shardView.getUint32(offset, true);
		offset += 4;
		offset += 4;
		offset += 4;
		const chunks = [];
		for (let i = 0; i < chunkCount; i++) {
			const chunkHash = readHashFromArray(shard, offset);
			offset += HASH_LENGTH;
			const startOffset = shardView.getUint32(offset, true);
			offset += 4;
			const length = shardView.getUint32(offset, true);
			offset += 4;
			offset += 8;
			chunks.push({
				hash: chunkHash,
				startOffset,
				unpackedLength: length
			});
		}
		xorbs.push({
			hash: xorbHash2,
			chunks
		});
	}
	return {
		hmacKey,
		xorbs
	};
}
var SplicedBlob = class extends Blob {
	originalBlob;
	spliceOperations;
	constructor(originalBlob, spliceOperations) {
		super();
		this.originalBlob = originalBlob;
		this.spliceOperations = spliceOperations;
	}
	/**
	* Create a SplicedBlob from an original blob and a set of splice operations.
	*
	* Each operation replaces the original content in `[start, end)` with `insert`
	* (a pure insertion when `start === end`). Positions are byte offsets in the
	* original blob, are relative to the **original** content (not shifted by other
	* operations), and operations must not overlap (they can be passed in any order).
	*
	* As a convenience, a single `{ insert, start, end }` object is also accepted
	* instead of a one-element array.
	*/
	static create(originalBlob, operations) {
		if (!Array.isArray(operations)) operations = [operations];
		for (const op of operations) {
			if (op.start < 0 || op.end < 0) throw new Error("Invalid start/end positions for SplicedBlob");
			if (op.start > originalBlob.size || op.end > originalBlob.size) throw new Error("Invalid start/end positions for SplicedBlob");
			if (op.start > op.end) throw new Error("Invalid start/end positions for SplicedBlob");
		}
		const sortedOps = [...operations].sort((a, b) => a.start - b.start);
		for (let i = 0; i < sortedOps.length - 1; i++) if (sortedOps[i].end > sortedOps[i + 1].start) throw new Error("Overlapping splice operations are not supported");
		return new SplicedBlob(originalBlob, sortedOps);
	}
	/**
	* Returns the size of the spliced blob.
	* Size = original size - total replaced size + total insert size
	*/
	get size() {
		let totalReplacedSize = 0;
		let totalInsertSize = 0;
		for (const op of this.spliceOperations) {
			totalReplacedSize += op.end - op.start;
			totalInsertSize += op.insert.size;
		}
		return this.originalBlob.size - totalReplacedSize + totalInsertSize;
	}
	/**
	* Returns the MIME type of the original blob.
	*/
	get type() {
		return this.originalBlob.type;
	}
	/**
	* Returns a new instance of SplicedBlob that is a slice of the current one.
	*
	* The slice is inclusive of the start and exclusive of the end.
	* The slice method does not support negative start/end.
	*
	* @param start beginning of the slice
	* @param end end of the slice
	*/
	slice(start = 0, end = this.size) {
		if (start < 0 || end < 0) throw new TypeError("Unsupported negative start/end on SplicedBlob.slice");
		start = Math.min(start, this.size);
		end = Math.min(end, this.size);
		if (start >= end) return new Blob([]);
		const segments = this.segments;
		const segmentBoundaries = [0];
		let cumulativeSize = 0;
		for (const segment of segments) {
			cumulativeSize += segment.size;
			segmentBoundaries.push(cumulativeSize);
		}
		const resultSegments = [];
		for (let i = 0; i < segments.length; i++) {
			const segmentStart = segmentBoundaries[i];
			if (segmentBoundaries[i + 1] <= start) continue;
			if (segmentStart >= end) break;
			const sliceStart = Math.max(0, start - segmentStart);
			const sliceEnd = Math.min(segments[i].size, end - segmentStart);
			if (sliceStart < sliceEnd) resultSegments.push(segments[i].slice(sliceStart, sliceEnd));
		}
		return new Blob(resultSegments);
	}
	get firstSpliceIndex() {
		return this.spliceOperations[0]?.start ?? 1e400;
	}
	/**
	* Read the spliced blob content and returns it as an ArrayBuffer.
	*/
	async arrayBuffer() {
		const segments = this.segments;
		const buffers = await Promise.all(segments.map((segment) => segment.arrayBuffer()));
		const totalSize = sum(buffers.map((buffer) => buffer.byteLength));
		const result = new Uint8Array(totalSize);
		let offset = 0;
		for (const buffer of buffers) {
			result.set(new Uint8Array(buffer), offset);
			offset += buffer.byteLength;
		}
		return result.buffer;
	}
	/**
	* Read the spliced blob content and returns it as a string.
	*/
	async text() {
		const buffer = await this.arrayBuffer();
		return new TextDecoder().decode(buffer);
	}
	/**
	* Returns a stream around the spliced blob content.
	*/
	stream() {
		return new ReadableStream({ start: async (controller) => {
			try {
				const segments = this.segments;
				for (const segment of segments) {
					const reader = segment.stream().getReader();
					try {
						while (true) {
							const { done, value } = await reader.read();
							if (done) break;
							controller.enqueue(value);
						}
					} finally {
						reader.releaseLock();
					}
				}
				controller.close();
			} catch (error) {
				controller.error(error);
			}
		} });
	}
	/**
	* Get all segments that make up the spliced blob.
	* This includes original blob segments between splice operations and insert blobs.
	*/
	get segments() {
		const segments = [];
		let currentPosition = 0;
		const sortedOps = [...this.spliceOperations].sort((a, b) => a.start - b.start);
		for (const op of sortedOps) {
			if (currentPosition < op.start) segments.push(this.originalBlob.slice(currentPosition, op.start));
			if (op.insert.size > 0) segments.push(op.insert);
			currentPosition = op.end;
		}
		if (currentPosition < this.originalBlob.size) segments.push(this.originalBlob.slice(currentPosition));
		return segments;
	}
};
var RANGE_EDIT_CACHE_MAX_ENTRIES = 10;
function addToRangeEditCache(cache, xetHash, entry) {
	cache.delete(xetHash);
	cache.set(xetHash, entry);
	while (cache.size > RANGE_EDIT_CACHE_MAX_ENTRIES) {
		const oldest = cache.keys().next().value;
		if (oldest === void 0) break;
		cache.delete(oldest);
	}
}
async function planRangeEdit(spliced, original, params) {
	const originalHash = original.hash;
	const originalSize = original.size;
	if (!originalHash || originalSize === 0 || original.start !== 0) return;
	if (params.rangeEditCache) {
		const cached2 = planRangeEditFromCache(spliced, originalHash, originalSize, params.rangeEditCache);
		if (cached2) return cached2;
	}
	const token = await xetWriteToken(params);
	const reconstructionResp = await (params.fetch ?? fetch)(`${token.casUrl}/v2/reconstructions/${originalHash}`, { headers: { Authorization: `Bearer ${token.accessToken}` } });
	if (!reconstructionResp.ok) return;
	const terms = (await reconstructionResp.json()).terms.map((term) => ({
		hash: term.hash,
		unpackedLength: term.unpacked_length,
		range: {
			start: term.range.start,
			end: term.range.end
		}
	}));
	const segByteStarts = [0];
	let acc = 0;
	for (const term of terms) {
		acc += term.unpackedLength;
		segByteStarts.push(acc);
	}
	if (acc !== originalSize) throw new Error(`Original file size mismatch: reconstruction reports ${acc} bytes but the blob is ${originalSize} bytes`);
	const edits = spliced.spliceOperations;
	const dirtyRanges = snapAndCoalesceDirtyRanges(edits, segByteStarts, originalSize);
	if (dirtyRanges.length === 0) return;
	const rangeHeader = "bytes=" + dirtyRanges.map(([start, end]) => `${start}-${end - 1}`).join(",");
	const resp = await (params.fetch ?? fetch)(`${token.casUrl}/v2/file-chunk-hashes/${originalHash}`, { headers: {
		Authorization: `Bearer ${token.accessToken}`,
		"X-Range-Dirty": rangeHeader
	} });
	if (!resp.ok) return;
	const chunkHashes = await resp.json();
	if (chunkHashes.windows.length === 0) throw new Error("Server returned no windows for range edit");
	if (chunkHashes.hashRanges.length !== chunkHashes.windows.length + 1) throw new Error(`Server returned ${chunkHashes.hashRanges.length} hashRanges, expected ${chunkHashes.windows.length + 1}`);
	const windows = assignEditsToWindows(chunkHashes.windows.map((w) => ({
		start: w.dirtyByteRange[0],
		end: w.dirtyByteRange[1]
	})), edits, originalSize, segByteStarts);
	return {
		originalHash,
		originalSize,
		newSize: spliced.size,
		terms,
		segByteStarts,
		windows,
		hashRanges: chunkHashes.hashRanges,
		gapVerification: chunkHashes.gapVerification
	};
}
function planRangeEditFromCache(spliced, originalHash, originalSize, cache) {
	const entry = cache.get(originalHash);
	if (!entry || entry.size !== originalSize || entry.terms.length === 0) return;
	const edits = spliced.spliceOperations;
	if (edits.length === 0) return;
	const lastTermStart = originalSize - entry.terms[entry.terms.length - 1].unpackedLength;
	for (const edit of edits) if ((edit.start === edit.end && edit.start === originalSize ? originalSize : edit.start) < lastTermStart) return;
	const segByteStarts = [0];
	let acc = 0;
	for (const term of entry.terms) {
		acc += term.unpackedLength;
		segByteStarts.push(acc);
	}
	const windows = assignEditsToWindows([{
		start: lastTermStart,
		end: originalSize
	}], edits, originalSize, segByteStarts);
	return {
		originalHash,
		originalSize,
		newSize: spliced.size,
		terms: entry.terms,
		segByteStarts,
		windows,
		hashRanges: [entry.openSubtree, null],
		gapVerification: entry.terms.slice(0, -1).map((term) => term.rangeHash)
	};
}
function snapAndCoalesceDirtyRanges(edits, segByteStarts, originalSize) {
	const nSegs = segByteStarts.length - 1;
	const snapStart = (byte) => {
		let idx = 0;
		while (idx + 1 < segByteStarts.length && segByteStarts[idx + 1] <= byte) idx++;
		return segByteStarts[idx];
	};
	const snapEnd = (byte) => {
		let idx = 0;
		while (idx < segByteStarts.length && segByteStarts[idx] < byte) idx++;
		return segByteStarts[Math.min(idx, segByteStarts.length - 1)];
	};
	const snapped = [];
	for (const edit of edits) if (edit.start === edit.end) {
		if (edit.start === originalSize) snapped.push([segByteStarts[nSegs - 1], segByteStarts[nSegs]]);
		else snapped.push([snapStart(edit.start), snapEnd(edit.start + 1)]);
	} else snapped.push([snapStart(edit.start), snapEnd(edit.end)]);
	snapped.sort((a, b) => a[0] - b[0]);
	const coalesced = [];
	for (const range2 of snapped) {
		const last = coalesced[coalesced.length - 1];
		if (last && range2[0] <= last[1]) {
			last[1] = Math.max(last[1], range2[1]);
			continue;
		}
		coalesced.push([range2[0], range2[1]]);
	}
	return coalesced;
}
function assignEditsToWindows(windows, edits, originalSize, segByteStarts) {
	let editIdx = 0;
	const result = [];
	for (const [windowIdx, window2] of windows.entries()) {
		const assigned = [];
		while (editIdx < edits.length) {
			const edit = edits[editIdx];
			if (!(edit.start === edit.end ? edit.start < window2.end || edit.start === window2.end && window2.end === originalSize : edit.end <= window2.end)) break;
			if (edit.start < window2.start) throw new Error(`Edit at [${edit.start}, ${edit.end}) starts before its window [${window2.start}, ${window2.end})`);
			assigned.push(edit);
			editIdx++;
		}
		let removed = 0;
		let added = 0;
		for (const edit of assigned) {
			removed += edit.end - edit.start;
			added += edit.insert.size;
		}
		const effectiveEnd = segByteStarts.find((segStart) => segStart >= window2.end);
		if (effectiveEnd === void 0) throw new Error(`Window end ${window2.end} exceeds the file size ${segByteStarts[segByteStarts.length - 1]}`);
		const nextWindowStart = windows[windowIdx + 1]?.start;
		if (nextWindowStart !== void 0 && effectiveEnd > nextWindowStart) throw new Error(`Window [${window2.start}, ${window2.end}) extends to term boundary ${effectiveEnd}, overlapping the next window at ${nextWindowStart}`);
		result.push({
			start: window2.start,
			end: window2.end,
			effectiveEnd,
			edits: assigned,
			newSize: effectiveEnd - window2.start + added - removed,
			hashSplitSize: window2.end - window2.start + added - removed
		});
	}
	if (editIdx !== edits.length) throw new Error(`${edits.length - editIdx} edits were not assigned to any window`);
	return result;
}
function windowSegments(window2, original) {
	const segments = [];
	let cursor = window2.start;
	for (const edit of window2.edits) {
		if (cursor < edit.start) segments.push(original.slice(cursor, edit.start));
		if (edit.insert.size > 0) segments.push(edit.insert);
		cursor = edit.end;
	}
	if (cursor < window2.effectiveEnd) segments.push(original.slice(cursor, window2.effectiveEnd));
	return segments;
}
function composeRepresentation(plan, windowRepresentations) {
	const representation = [];
	const nSegs = plan.terms.length;
	let segIdx = 0;
	let gapIdx = 0;
	const reuseTerm = (idx) => {
		const rangeHash = plan.gapVerification[gapIdx];
		if (rangeHash === void 0) throw new Error(`Ran out of gapVerification entries at stable term ${idx}`);
		gapIdx++;
		representation.push({
			xorbId: plan.terms[idx].hash,
			indexStart: plan.terms[idx].range.start,
			indexEnd: plan.terms[idx].range.end,
			length: plan.terms[idx].unpackedLength,
			rangeHash
		});
	};
	for (let i = 0; i < plan.windows.length; i++) {
		const window2 = plan.windows[i];
		while (segIdx < nSegs && plan.segByteStarts[segIdx] < window2.start) {
			if (plan.segByteStarts[segIdx + 1] > window2.start) throw new Error(`Window starting at ${window2.start} straddles term ${segIdx} (${plan.segByteStarts[segIdx]}..${plan.segByteStarts[segIdx + 1]})`);
			reuseTerm(segIdx);
			segIdx++;
		}
		while (segIdx < nSegs && plan.segByteStarts[segIdx] < window2.effectiveEnd) segIdx++;
		representation.push(...windowRepresentations[i]);
	}
	while (segIdx < nSegs) {
		reuseTerm(segIdx);
		segIdx++;
	}
	if (gapIdx < plan.gapVerification.length) throw new Error(`Server returned ${plan.gapVerification.length} gapVerification entries but only ${gapIdx} stable terms were emitted`);
	return representation;
}
var ZERO_KEY = /* @__PURE__ */ new Uint8Array(32);
function chunkSplitIndex(chunks, size, context) {
	let cumulative = 0;
	let index = 0;
	while (index < chunks.length && cumulative < size) {
		cumulative += chunks[index].length;
		index++;
	}
	if (cumulative !== size) throw new Error(`${context}: expected a chunk boundary at ${size} bytes, got ${cumulative}`);
	return index;
}
function buildRangeEditCachePayload(plan, windowChunks, representation) {
	if (plan.hashRanges[plan.hashRanges.length - 1] !== null) return;
	const lastRep = representation[representation.length - 1];
	const lastWindow = windowChunks[windowChunks.length - 1];
	if (!lastRep || !lastWindow) return;
	const lastTermChunkCount = lastRep.indexEnd - lastRep.indexStart;
	if (lastTermChunkCount <= 0 || lastTermChunkCount > lastWindow.length) return;
	const lastTermChunks = lastWindow.slice(lastWindow.length - lastTermChunkCount);
	const hashRanges = plan.hashRanges.map((json) => json === null ? null : MerkleHashSubtree.fromJSON(json));
	const firstWindowAtStart = hashRanges[0] === null;
	const sequence = [];
	for (let i = 0; i < plan.windows.length; i++) {
		const gap = hashRanges[i];
		if (gap !== null && gap !== void 0) sequence.push(gap);
		const splitIndex = chunkSplitIndex(windowChunks[i], plan.windows[i].hashSplitSize, "buildRangeEditCachePayload");
		let chunks = windowChunks[i].slice(0, splitIndex);
		if (i === plan.windows.length - 1) chunks = chunks.slice(0, chunks.length - lastTermChunkCount);
		if (chunks.length > 0 || i === 0 && firstWindowAtStart) sequence.push(MerkleHashSubtree.fromChunks(i === 0 && firstWindowAtStart, chunks.map((chunk2) => ({
			hash: hexToBytes(chunk2.hash),
			length: chunk2.length
		})), false));
	}
	const openSubtree = sequence.length > 0 ? MerkleHashSubtree.merge(sequence) : null;
	return {
		size: plan.newSize,
		openSubtree: openSubtree && !openSubtree.isEmpty ? openSubtree.toJSON() : null,
		lastTermChunks
	};
}
function buildFreshFileCachePayload(fileChunks, representation) {
	const lastRep = representation[representation.length - 1];
	if (!lastRep) return;
	const lastTermChunkCount = lastRep.indexEnd - lastRep.indexStart;
	if (lastTermChunkCount <= 0 || lastTermChunkCount > fileChunks.length) return;
	const lastTermChunks = fileChunks.slice(fileChunks.length - lastTermChunkCount);
	const rest = fileChunks.slice(0, fileChunks.length - lastTermChunkCount);
	const openSubtree = rest.length > 0 ? MerkleHashSubtree.fromChunks(true, rest.map((chunk2) => ({
		hash: hexToBytes(chunk2.hash),
		length: chunk2.length
	})), false).toJSON() : null;
	return {
		size: fileChunks.reduce((sum2, chunk2) => sum2 + chunk2.length, 0),
		openSubtree,
		lastTermChunks
	};
}
function computeComposedFileHash(plan, windowChunks) {
	if (plan.newSize === 0) return "0".repeat(64);
	const hashRanges = plan.hashRanges.map((json) => json === null ? null : MerkleHashSubtree.fromJSON(json));
	const trailingGap = hashRanges[hashRanges.length - 1];
	const firstWindowAtStart = hashRanges[0] === null;
	const lastWindowAtEnd = trailingGap === null;
	const lastIdx = plan.windows.length - 1;
	const mergeSequence = [];
	for (let i = 0; i < plan.windows.length; i++) {
		const gap = hashRanges[i];
		if (gap !== null) mergeSequence.push(gap);
		const window2 = plan.windows[i];
		const splitIndex = chunkSplitIndex(windowChunks[i], window2.hashSplitSize, `Window [${window2.start}, ${window2.end}) chunk boundaries did not re-sync at the window end`);
		mergeSequence.push(MerkleHashSubtree.fromChunks(i === 0 && firstWindowAtStart, windowChunks[i].slice(0, splitIndex).map((chunk2) => ({
			hash: hexToBytes(chunk2.hash),
			length: chunk2.length
		})), i === lastIdx && lastWindowAtEnd));
	}
	if (trailingGap !== null && trailingGap !== void 0) mergeSequence.push(trailingGap);
	const aggregated = MerkleHashSubtree.merge(mergeSequence).finalHash();
	if (aggregated === void 0) throw new Error("Merged subtree is not fully closed; cannot derive the file hash");
	return hashToHex(hmac(aggregated, ZERO_KEY));
}
var TARGET_CHUNK_SIZE = 65536;
var MAX_CHUNK_SIZE = 2 * TARGET_CHUNK_SIZE;
var XORB_SIZE = 67108864;
var MAX_XORB_CHUNKS = 8192;
var INTERVAL_BETWEEN_REMOTE_DEDUP = 4e6;
var PROCESSING_PROGRESS_RATIO = .1;
1 - PROCESSING_PROGRESS_RATIO;
function computeXorbHashHex(chunks) {
	return hashToHex(xorbHash(chunks.map((c) => ({
		hash: hexToBytes(c.hash),
		length: c.length
	}))));
}
function computeHmacHex(hash2, key) {
	return hashToHex(hmac(hexToBytes(hash2), hexToBytes(key)));
}
function computeVerificationHashHex(hashes) {
	return hashToHex(verificationHash(hashes.map(hexToBytes)));
}
function computeFileHashHex(chunks) {
	return hashToHex(fileHash(chunks.map((c) => ({
		hash: hexToBytes(c.hash),
		length: c.length
	}))));
}
function addDataToChunker(data, chunker) {
	return nextBlock(chunker, data).map((c) => ({
		hash: hashToHex(c.hash),
		length: c.length,
		dedup: false
	}));
}
function finalizeChunker(chunker) {
	const last = finalize(chunker);
	if (!last) return [];
	return [{
		hash: hashToHex(last.hash),
		length: last.length,
		dedup: false
	}];
}
var CurrentXorbInfo = class {
	id;
	offset;
	chunks;
	fileProcessedBytes;
	fileUploadedBytes;
	fileSize;
	data;
	immutableData;
	constructor() {
		this.id = 0;
		this.offset = 0;
		this.chunks = [];
		this.fileProcessedBytes = {};
		this.fileUploadedBytes = {};
		this.fileSize = {};
		this.data = new Uint8Array(XORB_SIZE);
		this.immutableData = null;
	}
	event(computeXorbHash) {
		const xorbChunksCleaned = this.chunks.map((chunk2) => ({
			hash: chunk2.hash,
			length: chunk2.length
		}));
		return {
			event: "xorb",
			xorb: this.data.subarray(0, this.offset),
			hash: computeXorbHash(xorbChunksCleaned),
			chunks: xorbChunksCleaned,
			id: this.id,
			files: Object.entries(this.fileProcessedBytes).map(([path2, processedBytes]) => ({
				path: path2,
				progress: processedBytes / this.fileSize[path2],
				lastSentProgress: ((this.fileUploadedBytes[path2] ?? 0) + (processedBytes - (this.fileUploadedBytes[path2] ?? 0)) * PROCESSING_PROGRESS_RATIO) / this.fileSize[path2]
			}))
		};
	}
};
async function* createXorbs(fileSources, params) {
	const alreadyDoneFileSha256s = /* @__PURE__ */ new Set();
	let xorbId = 0;
	const chunkCache = new ChunkCache();
	let xorb = new CurrentXorbInfo();
	const nextXorb = (currentFile) => {
		const event = xorb.event(computeXorbHashHex);
		xorbId++;
		xorb = new CurrentXorbInfo();
		xorb.id = xorbId;
		xorb.fileUploadedBytes = { [currentFile.path]: currentFile.uploadedBytes };
		xorb.fileSize[currentFile.path] = currentFile.size;
		return event;
	};
	const pendingFileEvents = [];
	const remoteXorbHashes = [""];
	const resolveXorbId = (xorbId2) => typeof xorbId2 === "string" ? xorbId2 : xorbId2 >= 0 ? xorbId2 : remoteXorbHashes[-xorbId2];
	for await (const fileSource of fileSources) {
		params.yieldCallback?.({
			event: "fileProgress",
			path: fileSource.path,
			progress: 0
		});
		if (fileSource.sha256 && alreadyDoneFileSha256s.has(fileSource.sha256)) {
			params.yieldCallback?.({
				event: "fileProgress",
				path: fileSource.path,
				progress: 1
			});
			continue;
		}
		if (fileSource.sha256) alreadyDoneFileSha256s.add(fileSource.sha256);
		{
			xorb.fileSize[fileSource.path] = fileSource.content.size;
			let rangeEditPlan;
			if (fileSource.content instanceof SplicedBlob && fileSource.content.originalBlob instanceof XetBlob && fileSource.content.originalBlob.hash !== void 0 && fileSource.content.originalBlob.size > 0) rangeEditPlan = await planRangeEdit(fileSource.content, fileSource.content.originalBlob, params);
			if (fileSource.content instanceof SplicedBlob && (rangeEditPlan !== void 0 || fileSource.content.firstSpliceIndex < MAX_CHUNK_SIZE)) await loadFirstChunkDedupInfo(fileSource.content, remoteXorbHashes, params, chunkCache);
			let bytesSinceRemoteDedup = 1e400;
			let bytesSinceLastProgressEvent = 0;
			let dedupNextChunk = true;
			const sourceChunks = [];
			let processedBytes = 0;
			let dedupedBytes = 0;
			const fileChunks = [];
			const chunkMetadata = [];
			const addChunks = async function* (chunks) {
				for (const chunk2 of chunks) {
					if (dedupNextChunk) {
						chunk2.dedup = true;
						dedupNextChunk = false;
					}
					let chunkIndex = xorb.chunks.length;
					let chunkXorbId = xorbId;
					const chunkToCopy = removeChunkFromSourceData(sourceChunks, chunk2.length);
					let cacheData = chunkCache.getChunk(chunk2.hash, computeHmacHex);
					if (cacheData === void 0 && chunk2.dedup && bytesSinceRemoteDedup >= INTERVAL_BETWEEN_REMOTE_DEDUP) {
						const token = await xetWriteToken(params);
						bytesSinceRemoteDedup = 0;
						const shardResp = await (params.fetch ?? fetch)(token.casUrl + "/v1/chunks/default/" + chunk2.hash, { headers: { Authorization: `Bearer ${token.accessToken}` } });
						if (shardResp.ok) {
							const shardData = await parseShardData(await shardResp.blob());
							for (const xorb2 of shardData.xorbs) {
								const remoteXorbId = -remoteXorbHashes.length;
								remoteXorbHashes.push(xorb2.hash);
								let i = 0;
								for (const chunk3 of xorb2.chunks) chunkCache.addChunkToCache(chunk3.hash, remoteXorbId, i++, shardData.hmacKey);
							}
							cacheData = chunkCache.getChunk(chunk2.hash, computeHmacHex);
							const oldDedupedBytes = dedupedBytes;
							dedupedBytes = backtrackDedup(xorb, computeHmacHex, shardData, chunkCache, chunkMetadata, dedupedBytes);
							if (dedupedBytes > oldDedupedBytes) {
								xorb.fileUploadedBytes[fileSource.path] ??= 0;
								xorb.fileUploadedBytes[fileSource.path] += dedupedBytes - oldDedupedBytes;
							}
						}
					}
					if (cacheData === void 0) {
						if (!writeChunk(xorb, chunkToCopy, chunk2.hash)) {
							yield nextXorb({
								path: fileSource.path,
								uploadedBytes: processedBytes,
								size: fileSource.content.size
							});
							chunkIndex = 0;
							chunkXorbId = xorbId;
							for (const event of pendingFileEvents) {
								event.representation = event.representation.map((rep) => ({
									...rep,
									xorbId: resolveXorbId(rep.xorbId)
								}));
								yield event;
							}
							pendingFileEvents.length = 0;
							if (!writeChunk(xorb, chunkToCopy, chunk2.hash)) throw new Error("Failed to write chunk into xorb");
						}
						chunkCache.addChunkToCache(chunk2.hash, xorbId, chunkIndex, null);
					} else {
						chunkXorbId = cacheData.xorbIndex;
						chunkIndex = cacheData.chunkIndex;
						dedupedBytes += chunk2.length;
						xorb.fileUploadedBytes[fileSource.path] ??= 0;
						xorb.fileUploadedBytes[fileSource.path] += chunk2.length;
					}
					bytesSinceRemoteDedup += chunk2.length;
					bytesSinceLastProgressEvent += chunk2.length;
					fileChunks.push({
						hash: chunk2.hash,
						length: chunk2.length
					});
					chunkMetadata.push({
						xorbId: chunkXorbId,
						chunkIndex,
						length: chunk2.length
					});
					xorb.fileProcessedBytes[fileSource.path] = processedBytes;
					if (bytesSinceLastProgressEvent >= 1e6) {
						bytesSinceLastProgressEvent = 0;
						params.yieldCallback?.({
							event: "fileProgress",
							path: fileSource.path,
							progress: ((xorb.fileUploadedBytes[fileSource.path] ?? 0) + (xorb.fileProcessedBytes[fileSource.path] - (xorb.fileUploadedBytes[fileSource.path] ?? 0)) * PROCESSING_PROGRESS_RATIO) / fileSource.content.size
						});
					}
					if (xorb.chunks.length >= MAX_XORB_CHUNKS) {
						yield nextXorb({
							path: fileSource.path,
							uploadedBytes: processedBytes,
							size: fileSource.content.size
						});
						for (const event of pendingFileEvents) {
							event.representation = event.representation.map((rep) => ({
								...rep,
								xorbId: resolveXorbId(rep.xorbId)
							}));
							yield event;
						}
						pendingFileEvents.length = 0;
					}
				}
			};
			const pumpBlob = async function* (chunker, blob) {
				const reader = blob.stream().getReader();
				while (true) {
					const { done, value } = await reader.read();
					if (done) break;
					processedBytes += value.length;
					sourceChunks.push(value);
					yield* addChunks(addDataToChunker(value, chunker));
				}
			};
			let fileRepresentation;
			let fileHashHex;
			let dedupRatio;
			let rangeEditCachePayload;
			if (rangeEditPlan !== void 0) {
				const originalBlob = fileSource.content.originalBlob;
				const windowBounds = [];
				for (const window2 of rangeEditPlan.windows) {
					const chunker = createChunker(TARGET_CHUNK_SIZE);
					dedupNextChunk = true;
					const startIndex = fileChunks.length;
					for (const segment of windowSegments(window2, originalBlob)) yield* pumpBlob(chunker, segment);
					yield* addChunks(finalizeChunker(chunker));
					windowBounds.push([startIndex, fileChunks.length]);
				}
				const windowNewBytes = sum(rangeEditPlan.windows.map((window2) => window2.newSize));
				const reusedBytes = fileSource.content.size - windowNewBytes;
				processedBytes += reusedBytes;
				xorb.fileUploadedBytes[fileSource.path] = (xorb.fileUploadedBytes[fileSource.path] ?? 0) + reusedBytes;
				xorb.fileProcessedBytes[fileSource.path] = processedBytes;
				const windowRepresentations = windowBounds.map(([start, end]) => buildFileRepresentation(chunkMetadata.slice(start, end), fileChunks.slice(start, end), computeVerificationHashHex));
				fileRepresentation = composeRepresentation(rangeEditPlan, windowRepresentations);
				fileHashHex = computeComposedFileHash(rangeEditPlan, windowBounds.map(([start, end]) => fileChunks.slice(start, end)));
				dedupRatio = fileSource.content.size > 0 ? (reusedBytes + dedupedBytes) / fileSource.content.size : 0;
				if (params.rangeEditCache) rangeEditCachePayload = buildRangeEditCachePayload(rangeEditPlan, windowBounds.map(([start, end]) => fileChunks.slice(start, end)), fileRepresentation);
			} else {
				const chunker = createChunker(TARGET_CHUNK_SIZE);
				yield* pumpBlob(chunker, fileSource.content);
				yield* addChunks(finalizeChunker(chunker));
				fileRepresentation = buildFileRepresentation(chunkMetadata, fileChunks, computeVerificationHashHex);
				fileHashHex = computeFileHashHex(fileChunks);
				dedupRatio = fileSource.content.size > 0 ? dedupedBytes / fileSource.content.size : 0;
				if (params.rangeEditCache) rangeEditCachePayload = buildFreshFileCachePayload(fileChunks, fileRepresentation);
			}
			xorb.immutableData = {
				chunkIndex: xorb.chunks.length,
				offset: xorb.offset
			};
			pendingFileEvents.push({
				event: "file",
				path: fileSource.path,
				hash: fileHashHex,
				sha256: fileSource.sha256,
				dedupRatio,
				representation: fileRepresentation,
				rangeEditCachePayload
			});
		}
	}
	if (xorb.offset > 0) yield xorb.event(computeXorbHashHex);
	for (const event of pendingFileEvents) {
		event.representation = event.representation.map((rep) => ({
			...rep,
			xorbId: resolveXorbId(rep.xorbId)
		}));
		yield event;
	}
}
function backtrackDedup(xorb, computeHmac, shardData, chunkCache, chunkMetadata, dedupedBytes) {
	const chunkIndexesToBacktrackFor = /* @__PURE__ */ new Map();
	for (let chunkToRecheckIndex = xorb.immutableData?.chunkIndex ?? 0; chunkToRecheckIndex < xorb.chunks.length; chunkToRecheckIndex++) {
		const chunk2 = xorb.chunks[chunkToRecheckIndex];
		const hmacHash = computeHmac(chunk2.hash, shardData.hmacKey);
		const cacheData = chunkCache.getChunk(hmacHash, null);
		if (cacheData !== void 0) {
			chunkIndexesToBacktrackFor.set(chunkToRecheckIndex, {
				xorbId: cacheData.xorbIndex,
				chunkIndex: cacheData.chunkIndex
			});
			chunkCache.removeChunkFromCache(chunk2.hash);
		}
	}
	for (const metadata of chunkMetadata) if (metadata.xorbId === xorb.id && chunkIndexesToBacktrackFor.has(metadata.chunkIndex)) {
		const backtrackData = chunkIndexesToBacktrackFor.get(metadata.chunkIndex);
		if (backtrackData !== void 0) {
			metadata.xorbId = backtrackData.xorbId;
			metadata.chunkIndex = backtrackData.chunkIndex;
			dedupedBytes += metadata.length;
		}
	}
	const xorbRangesToErase = [];
	for (let i = 0; i < xorb.chunks.length; i++) {
		const chunk2 = xorb.chunks[i];
		if (chunkIndexesToBacktrackFor.has(i)) xorbRangesToErase.push({
			start: chunk2.offset,
			end: i < xorb.chunks.length - 1 ? xorb.chunks[i + 1].offset : xorb.offset
		});
	}
	const xorbRangesToKeep = [];
	let currentStart = 0;
	for (let i = 0; i < xorbRangesToErase.length; i++) {
		const range2 = xorbRangesToErase[i];
		if (currentStart !== range2.start) xorbRangesToKeep.push({
			start: currentStart,
			end: range2.start
		});
		currentStart = range2.end;
	}
	if (currentStart !== xorb.offset) xorbRangesToKeep.push({
		start: currentStart,
		end: xorb.offset
	});
	let currentOffset = 0;
	for (const range2 of xorbRangesToKeep) {
		if (range2.start !== currentOffset) xorb.data.set(xorb.data.subarray(range2.start, range2.end), currentOffset);
		currentOffset += range2.end - range2.start;
	}
	const newXorbChunks = [];
	const oldIndexToNewIndex = /* @__PURE__ */ new Map();
	let erasedOffset = 0;
	for (let i = 0; i < xorb.chunks.length; i++) {
		const chunk2 = xorb.chunks[i];
		if (chunkIndexesToBacktrackFor.has(i)) {
			if (i < xorb.chunks.length - 1) erasedOffset += xorb.chunks[i + 1].offset - chunk2.offset;
		} else {
			newXorbChunks.push({
				hash: chunk2.hash,
				length: chunk2.length,
				offset: chunk2.offset - erasedOffset
			});
			if (erasedOffset > 0) oldIndexToNewIndex.set(i, newXorbChunks.length - 1);
		}
	}
	xorb.chunks = newXorbChunks;
	xorb.offset = currentOffset;
	for (const chunk2 of chunkMetadata) if (chunk2.xorbId === xorb.id) {
		const newIndex = oldIndexToNewIndex.get(chunk2.chunkIndex);
		if (newIndex !== void 0) {
			const cached2 = chunkCache.getChunk(xorb.chunks[newIndex].hash, null);
			if (cached2 !== void 0 && cached2.xorbIndex === chunk2.xorbId && cached2.chunkIndex === chunk2.chunkIndex) chunkCache.updateChunkIndex(xorb.chunks[newIndex].hash, newIndex);
			chunk2.chunkIndex = newIndex;
		}
	}
	return dedupedBytes;
}
function removeChunkFromSourceData(sourceChunks, chunkLength) {
	if (chunkLength === sourceChunks[0].length) {
		const chunkToCopy = sourceChunks[0];
		sourceChunks.shift();
		return chunkToCopy;
	} else if (chunkLength < sourceChunks[0].length) {
		const chunkToCopy = sourceChunks[0].subarray(0, chunkLength);
		sourceChunks[0] = sourceChunks[0].subarray(chunkLength);
		return chunkToCopy;
	} else {
		const chunkToCopy = new Uint8Array(chunkLength);
		let copyOffset = 0;
		let index = 0;
		let toSlice = -1;
		while (copyOffset < chunkLength) {
			const nToCopy = Math.min(sourceChunks[index].length, chunkLength - copyOffset);
			chunkToCopy.set(sourceChunks[index].subarray(0, nToCopy), copyOffset);
			copyOffset += nToCopy;
			if (nToCopy === sourceChunks[index].length) index++;
			else toSlice = nToCopy;
		}
		sourceChunks.splice(0, index);
		if (toSlice !== -1) sourceChunks[0] = sourceChunks[0].subarray(toSlice);
		return chunkToCopy;
	}
}
function writeChunk(xorb, chunk2, hash2) {
	const regularCompressedChunk = compress(chunk2);
	const bgCompressedChunk = compress(bg4_split_bytes(chunk2));
	const compressedChunk = bgCompressedChunk.length < regularCompressedChunk.length ? bgCompressedChunk : regularCompressedChunk;
	const chunkToWrite = compressedChunk.length < chunk2.length ? compressedChunk : chunk2;
	if (xorb.offset + XET_CHUNK_HEADER_BYTES + chunkToWrite.length > XORB_SIZE) return false;
	xorb.data[xorb.offset] = 0;
	xorb.data[xorb.offset + 1] = chunkToWrite.length & 255;
	xorb.data[xorb.offset + 2] = chunkToWrite.length >> 8 & 255;
	xorb.data[xorb.offset + 3] = chunkToWrite.length >> 16 & 255;
	xorb.data[xorb.offset + 4] = chunkToWrite.length < chunk2.length ? bgCompressedChunk.length < regularCompressedChunk.length ? 2 : 1 : 0;
	xorb.data[xorb.offset + 5] = chunk2.length & 255;
	xorb.data[xorb.offset + 6] = chunk2.length >> 8 & 255;
	xorb.data[xorb.offset + 7] = chunk2.length >> 16 & 255;
	xorb.data.set(chunkToWrite, xorb.offset + XET_CHUNK_HEADER_BYTES);
	xorb.chunks.push({
		hash: hash2,
		length: chunk2.length,
		offset: xorb.offset
	});
	xorb.offset += XET_CHUNK_HEADER_BYTES + chunkToWrite.length;
	return true;
}
var buildFileRepresentation = (metadata, chunks, computeVerificationHash) => {
	if (metadata.length === 0) return [];
	const representation = [];
	let currentRange = {
		xorbId: metadata[0].xorbId,
		indexStart: metadata[0].chunkIndex,
		indexEnd: metadata[0].chunkIndex + 1,
		length: metadata[0].length,
		chunkHashStart: 0
	};
	for (let i = 1; i < metadata.length; i++) {
		const chunk2 = metadata[i];
		if (currentRange.xorbId === chunk2.xorbId && currentRange.indexEnd === chunk2.chunkIndex) {
			currentRange.indexEnd = chunk2.chunkIndex + 1;
			currentRange.length += chunk2.length;
		} else {
			const rangeHash2 = computeVerificationHash(chunks.slice(currentRange.chunkHashStart, i).map((x) => x.hash));
			representation.push({
				xorbId: currentRange.xorbId,
				indexStart: currentRange.indexStart,
				indexEnd: currentRange.indexEnd,
				length: currentRange.length,
				rangeHash: rangeHash2
			});
			currentRange = {
				xorbId: chunk2.xorbId,
				indexStart: chunk2.chunkIndex,
				indexEnd: chunk2.chunkIndex + 1,
				length: chunk2.length,
				chunkHashStart: i
			};
		}
	}
	const rangeHash = computeVerificationHash(chunks.slice(currentRange.chunkHashStart).map((x) => x.hash));
	representation.push({
		xorbId: currentRange.xorbId,
		indexStart: currentRange.indexStart,
		indexEnd: currentRange.indexEnd,
		length: currentRange.length,
		rangeHash
	});
	return representation;
};
async function loadFirstChunkDedupInfo(content, remoteXorbHashes, params, chunkCache) {
	await loadDedupInfoToCache(content.originalBlob.slice(0, MAX_CHUNK_SIZE), remoteXorbHashes, params, chunkCache, computeHmacHex, {
		maxChunks: 1,
		isAtBeginning: true
	});
}
async function loadDedupInfoToCache(content, remoteXorbHashes, params, chunkCache, computeHmacHex2, opts) {
	const chunker = createChunker(TARGET_CHUNK_SIZE);
	const cache = chunkCache;
	let dedupedBytes = 0;
	let chunksProcessed = 0;
	let totalBytes = 0;
	let bytesSinceRemoteDedup = 1e400;
	const sourceChunks = [];
	const reader = content.stream().getReader();
	const processChunks = async (chunks) => {
		for (const chunk2 of chunks) {
			chunksProcessed++;
			if (opts?.isAtBeginning && chunksProcessed === 1) chunk2.dedup = true;
			totalBytes += chunk2.length;
			removeChunkFromSourceData(sourceChunks, chunk2.length);
			let cacheData = cache.getChunk(chunk2.hash, computeHmacHex2);
			if (cacheData !== void 0) {
				dedupedBytes += chunk2.length;
				bytesSinceRemoteDedup += chunk2.length;
				continue;
			}
			if (chunk2.dedup && bytesSinceRemoteDedup >= INTERVAL_BETWEEN_REMOTE_DEDUP) {
				const token = await xetWriteToken(params);
				bytesSinceRemoteDedup = 0;
				const shardResp = await (params.fetch ?? fetch)(token.casUrl + "/v1/chunks/default/" + chunk2.hash, { headers: { Authorization: `Bearer ${token.accessToken}` } });
				if (shardResp.ok) {
					const shardData = await parseShardData(await shardResp.blob());
					for (const xorb of shardData.xorbs) {
						const remoteXorbId = -remoteXorbHashes.length;
						remoteXorbHashes.push(xorb.hash);
						let i = 0;
						for (const xorbChunk of xorb.chunks) cache.addChunkToCache(xorbChunk.hash, remoteXorbId, i++, shardData.hmacKey);
					}
					cacheData = cache.getChunk(chunk2.hash, computeHmacHex2);
				}
			}
			if (cacheData !== void 0) dedupedBytes += chunk2.length;
			bytesSinceRemoteDedup += chunk2.length;
		}
	};
	while (true) {
		if (opts?.end !== void 0 && totalBytes >= opts.end) break;
		if (opts?.maxChunks !== void 0 && chunksProcessed >= opts.maxChunks) break;
		const { done, value } = await reader.read();
		if (done) {
			await processChunks(finalizeChunker(chunker));
			break;
		}
		sourceChunks.push(value);
		await processChunks(addDataToChunker(value, chunker));
	}
}
var SHARD_MAX_SIZE = 67108864;
var SHARD_HEADER_SIZE = 48;
var SHARD_FOOTER_SIZE = 200;
var HASH_LENGTH2 = 32;
var XORB_FOOTER_LENGTH = 48;
var FILE_FOOTER_LENGTH = 48;
var SHARD_HEADER_VERSION = 2n;
var SHARD_FOOTER_VERSION = 1n;
var MDB_FILE_FLAG_WITH_VERIFICATION = 2147483648;
var MDB_FILE_FLAG_WITH_METADATA_EXT = 1073741824;
var SHARD_MAGIC_TAG = new Uint8Array([
	"H".charCodeAt(0),
	"F".charCodeAt(0),
	"R".charCodeAt(0),
	"e".charCodeAt(0),
	"p".charCodeAt(0),
	"o".charCodeAt(0),
	"M".charCodeAt(0),
	"e".charCodeAt(0),
	"t".charCodeAt(0),
	"a".charCodeAt(0),
	"D".charCodeAt(0),
	"a".charCodeAt(0),
	"t".charCodeAt(0),
	"a".charCodeAt(0),
	0,
	85,
	105,
	103,
	69,
	106,
	123,
	129,
	87,
	131,
	165,
	189,
	217,
	92,
	205,
	209,
	74,
	169
]);
async function* uploadShards(source, params) {
	const xorbHashes = [];
	const seenFileXetHashes = /* @__PURE__ */ new Set();
	const fileInfoSection = new Uint8Array(Math.floor(SHARD_MAX_SIZE - SHARD_HEADER_SIZE - SHARD_FOOTER_SIZE) * .25);
	const xorbInfoSection = new Uint8Array(Math.floor(SHARD_MAX_SIZE - SHARD_HEADER_SIZE - SHARD_FOOTER_SIZE) * .75);
	const xorbView = new DataView(xorbInfoSection.buffer);
	let xorbViewOffset = 0;
	const fileInfoView = new DataView(fileInfoSection.buffer);
	let fileViewOffset = 0;
	let xorbTotalSize = 0n;
	let fileTotalSize = 0n;
	let xorbTotalUnpackedSize = 0n;
	for await (const output of createXorbs(source, params)) switch (output.event) {
		case "xorb": {
			xorbHashes.push(output.hash);
			const totalXorbSize = HASH_LENGTH2 + 4 + 4 + 4 + 4 + output.chunks.length * (HASH_LENGTH2 + 4 + 4 + 8);
			if (xorbViewOffset + totalXorbSize > xorbInfoSection.length) {
				if (xorbViewOffset > 0 || fileViewOffset > 0) await uploadShard(createShard(), params);
			}
			writeHashToArray(output.hash, xorbInfoSection, xorbViewOffset);
			xorbViewOffset += HASH_LENGTH2;
			xorbView.setUint32(xorbViewOffset, 0, true);
			xorbViewOffset += 4;
			xorbView.setUint32(xorbViewOffset, output.chunks.length, true);
			xorbViewOffset += 4;
			const xorbUnpackedSize = sum(output.chunks.map((x) => x.length));
			xorbView.setUint32(xorbViewOffset, xorbUnpackedSize, true);
			xorbTotalUnpackedSize += BigInt(xorbUnpackedSize);
			xorbTotalSize += BigInt(output.xorb.byteLength);
			xorbViewOffset += 4;
			xorbView.setUint32(xorbViewOffset, output.xorb.byteLength, true);
			xorbViewOffset += 4;
			let chunkBytes = 0;
			for (const chunk2 of output.chunks) {
				writeHashToArray(chunk2.hash, xorbInfoSection, xorbViewOffset);
				xorbViewOffset += HASH_LENGTH2;
				xorbView.setUint32(xorbViewOffset, chunkBytes, true);
				xorbViewOffset += 4;
				xorbView.setUint32(xorbViewOffset, chunk2.length, true);
				xorbViewOffset += 4;
				xorbView.setBigUint64(xorbViewOffset, 0n, true);
				xorbViewOffset += 8;
				chunkBytes += chunk2.length;
			}
			for (const file of output.files) yield {
				event: "fileProgress",
				path: file.path,
				progress: file.lastSentProgress
			};
			await uploadXorb(output, params);
			for (const file of output.files) yield {
				event: "fileProgress",
				path: file.path,
				progress: file.progress
			};
			break;
		}
		case "file": {
			yield {
				event: "file",
				path: output.path,
				xetHash: output.hash,
				sha256: output.sha256,
				dedupRatio: output.dedupRatio
			};
			if (params.rangeEditCache && output.rangeEditCachePayload) addToRangeEditCache(params.rangeEditCache, output.hash, {
				size: output.rangeEditCachePayload.size,
				terms: output.representation.map((rep) => ({
					hash: typeof rep.xorbId === "number" ? xorbHashes[rep.xorbId] : rep.xorbId,
					unpackedLength: rep.length,
					range: {
						start: rep.indexStart,
						end: rep.indexEnd
					},
					rangeHash: rep.rangeHash
				})),
				openSubtree: output.rangeEditCachePayload.openSubtree,
				lastTermChunks: output.rangeEditCachePayload.lastTermChunks
			});
			if (seenFileXetHashes.has(output.hash)) break;
			seenFileXetHashes.add(output.hash);
			const fileHeaderSize = HASH_LENGTH2 + 4 + 4 + 8;
			const representationSize = output.representation.length * (HASH_LENGTH2 + 4 + 4 + 4 + 4);
			const verificationSize = output.representation.length * (HASH_LENGTH2 + 16);
			const fileSha256 = output.sha256;
			const hasMetadataExt = fileSha256 !== void 0;
			const metadataSize = hasMetadataExt ? HASH_LENGTH2 + 16 : 0;
			const totalFileSize = fileHeaderSize + representationSize + verificationSize + metadataSize;
			if (fileViewOffset + totalFileSize > fileInfoSection.length) {
				if (xorbViewOffset > 0 || fileViewOffset > 0) await uploadShard(createShard(), params);
			}
			writeHashToArray(output.hash, fileInfoSection, fileViewOffset);
			fileViewOffset += HASH_LENGTH2;
			fileInfoView.setUint32(fileViewOffset, MDB_FILE_FLAG_WITH_VERIFICATION + (hasMetadataExt ? MDB_FILE_FLAG_WITH_METADATA_EXT : 0), true);
			fileViewOffset += 4;
			fileInfoView.setUint32(fileViewOffset, output.representation.length, true);
			fileViewOffset += 4;
			fileInfoView.setBigUint64(fileViewOffset, 0n, true);
			fileViewOffset += 8;
			for (const repItem of output.representation) {
				writeHashToArray(typeof repItem.xorbId === "number" ? xorbHashes[repItem.xorbId] : repItem.xorbId, fileInfoSection, fileViewOffset);
				fileViewOffset += HASH_LENGTH2;
				fileInfoView.setUint32(fileViewOffset, 0, true);
				fileViewOffset += 4;
				fileInfoView.setUint32(fileViewOffset, repItem.length, true);
				fileViewOffset += 4;
				fileInfoView.setUint32(fileViewOffset, repItem.indexStart, true);
				fileViewOffset += 4;
				fileInfoView.setUint32(fileViewOffset, repItem.indexEnd, true);
				fileViewOffset += 4;
			}
			for (const repItem of output.representation) {
				writeHashToArray(repItem.rangeHash, fileInfoSection, fileViewOffset);
				fileViewOffset += HASH_LENGTH2;
				for (let i = 0; i < 16; i++) fileInfoSection[fileViewOffset + i] = 0;
				fileViewOffset += 16;
			}
			if (hasMetadataExt) {
				writeHashToArray(fileSha256, fileInfoSection, fileViewOffset);
				fileViewOffset += HASH_LENGTH2;
				for (let i = 0; i < 16; i++) fileInfoSection[fileViewOffset + i] = 0;
				fileViewOffset += 16;
			}
			break;
		}
	}
	function createShard() {
		const shard = new Uint8Array(SHARD_HEADER_SIZE + SHARD_FOOTER_SIZE + xorbViewOffset + XORB_FOOTER_LENGTH + fileViewOffset + FILE_FOOTER_LENGTH);
		const shardView = new DataView(shard.buffer);
		let shardOffset = 0;
		shard.set(SHARD_MAGIC_TAG, shardOffset);
		shardOffset += SHARD_MAGIC_TAG.length;
		shardView.setBigUint64(shardOffset, SHARD_HEADER_VERSION, true);
		shardOffset += 8;
		shardView.setBigUint64(shardOffset, BigInt(SHARD_FOOTER_SIZE), true);
		shardOffset += 8;
		shard.set(fileInfoSection.slice(0, fileViewOffset), shardOffset);
		shardOffset += fileViewOffset;
		for (let i = 0; i < 32; i++) shard[shardOffset + i] = 255;
		shardOffset += 32;
		for (let i = 0; i < 16; i++) shard[shardOffset + i] = 0;
		shardOffset += 16;
		const xorbInfoOffset = shardOffset;
		shard.set(xorbInfoSection.slice(0, xorbViewOffset), shardOffset);
		shardOffset += xorbViewOffset;
		for (let i = 0; i < 32; i++) shard[shardOffset + i] = 255;
		shardOffset += 32;
		for (let i = 0; i < 16; i++) shard[shardOffset + i] = 0;
		shardOffset += 16;
		const footerOffset = shardOffset;
		shardView.setBigUint64(shardOffset, SHARD_FOOTER_VERSION, true);
		shardOffset += 8;
		shardView.setBigUint64(shardOffset, BigInt(SHARD_HEADER_SIZE), true);
		shardOffset += 8;
		shardView.setBigUint64(shardOffset, BigInt(xorbInfoOffset), true);
		shardOffset += 8;
		for (let i = 0; i < 48; i++) shardView.setUint8(shardOffset + i, 0);
		shardOffset += 48;
		for (let i = 0; i < 32; i++) shardView.setUint8(shardOffset + i, 0);
		shardOffset += 32;
		shardView.setBigUint64(shardOffset, BigInt(Math.floor(Date.now() / 1e3)), true);
		shardOffset += 8;
		shardView.setBigUint64(shardOffset, 0n, true);
		shardOffset += 8;
		for (let i = 0; i < 48; i++) shardView.setUint8(shardOffset + i, 0);
		shardOffset += 48;
		shardView.setBigUint64(shardOffset, xorbTotalSize, true);
		shardOffset += 8;
		shardView.setBigUint64(shardOffset, fileTotalSize, true);
		shardOffset += 8;
		shardView.setBigUint64(shardOffset, xorbTotalUnpackedSize, true);
		shardOffset += 8;
		shardView.setBigUint64(shardOffset, BigInt(footerOffset), true);
		xorbViewOffset = 0;
		fileViewOffset = 0;
		xorbTotalSize = 0n;
		xorbTotalUnpackedSize = 0n;
		fileTotalSize = 0n;
		return shard;
	}
	if (xorbViewOffset || fileViewOffset) await uploadShard(createShard(), params);
}
function writeHashToArray(hash2, array, offset) {
	for (let i = 0; i < hash2.length; i += 16) {
		array[offset + i / 2] = parseInt(hash2.substring(i + 14, i + 16), 16);
		array[offset + i / 2 + 1] = parseInt(hash2.substring(i + 12, i + 14), 16);
		array[offset + i / 2 + 2] = parseInt(hash2.substring(i + 10, i + 12), 16);
		array[offset + i / 2 + 3] = parseInt(hash2.substring(i + 8, i + 10), 16);
		array[offset + i / 2 + 4] = parseInt(hash2.substring(i + 6, i + 8), 16);
		array[offset + i / 2 + 5] = parseInt(hash2.substring(i + 4, i + 6), 16);
		array[offset + i / 2 + 6] = parseInt(hash2.substring(i + 2, i + 4), 16);
		array[offset + i / 2 + 7] = parseInt(hash2.substring(i + 0, i + 2), 16);
	}
}
async function uploadXorb(xorb, params) {
	const token = await xetWriteToken(params);
	const resp = await (params.fetch ?? fetch)(`${token.casUrl}/v1/xorbs/default/${xorb.hash}`, {
		method: "POST",
		body: xorb.xorb,
		headers: {
			Authorization: `Bearer ${token.accessToken}`,
			...params.xetParams.sessionId ? { "X-Xet-Session-Id": params.xetParams.sessionId } : {}
		},
		progressHint: { progressCallback: (progress) => {
			for (const file of xorb.files) params.yieldCallback?.({
				event: "fileProgress",
				path: file.path,
				progress: file.lastSentProgress + (file.progress - file.lastSentProgress) * progress
			});
		} }
	});
	if (!resp.ok) throw await createApiError(resp);
}
async function uploadShard(shard, params) {
	const token = await xetWriteToken(params);
	const resp = await (params.fetch ?? fetch)(`${token.casUrl}/v1/shards`, {
		method: "POST",
		body: shard,
		headers: {
			Authorization: `Bearer ${token.accessToken}`,
			...params.xetParams.sessionId ? { "X-Xet-Session-Id": params.xetParams.sessionId } : {}
		}
	});
	if (!resp.ok) throw await createApiError(resp);
}
function splitAsyncGenerator(source, n) {
	if (n <= 0) return [];
	const sleep = (ms) => new Promise((resolve3) => setTimeout(resolve3, ms));
	let takenIndex = null;
	const generators = [];
	let remaining = n;
	for (let i = 0; i < n; i++) generators.push({
		next: async () => {
			while (takenIndex !== null) await sleep(1);
			takenIndex = i;
			return source.next().then((r) => {
				takenIndex = null;
				return r;
			});
		},
		return: async () => {
			remaining--;
			if (remaining === 0) return source.return(void 0);
			return {
				done: true,
				value: void 0
			};
		},
		throw: async (error) => {
			return source.throw(error);
		},
		[Symbol.asyncIterator]: () => generators[i]
	});
	return generators;
}
var CONCURRENT_SHAS = 5;
var CONCURRENT_LFS_UPLOADS = 5;
var MULTIPART_PARALLEL_UPLOAD = 5;
function isFileOperation(op) {
	const ret = op.operation === "addOrUpdate";
	if (ret && !(op.content instanceof Blob)) throw new TypeError("Precondition failed: op.content should be a Blob");
	return ret;
}
async function* commitIter(params) {
	const accessToken = checkCredentials(params);
	const repoId = toRepoId(params.repo);
	if (repoId.type === "bucket") return yield* commitIterBucket(params);
	if (params.operations.some((op) => op.operation === "copy")) throw new Error("'copy' operations are only supported when the destination repo is a bucket");
	yield {
		event: "phase",
		phase: "preuploading"
	};
	let useXet = params.useXet ?? true;
	const lfsShas = /* @__PURE__ */ new Map();
	const abortController = new AbortController();
	const abortSignal = abortController.signal;
	if (!abortSignal.throwIfAborted) abortSignal.throwIfAborted = () => {
		if (abortSignal.aborted) throw new DOMException("Aborted", "AbortError");
	};
	if (params.abortSignal) params.abortSignal.addEventListener("abort", () => abortController.abort());
	try {
		const allOperations = (await Promise.all(params.operations.map(async (operation) => {
			if (operation.operation === "edit") {
				const splicedBlob = SplicedBlob.create(operation.originalContent, operation.edits.map((splice) => ({
					insert: splice.content,
					start: splice.start,
					end: splice.end
				})));
				return {
					operation: "addOrUpdate",
					path: operation.path,
					content: splicedBlob
				};
			}
			if (operation.operation !== "addOrUpdate") return operation;
			if (!(operation.content instanceof URL)) return {
				...operation,
				content: operation.content
			};
			const lazyBlobs = await createBlobs(operation.content, operation.path, {
				fetch: params.fetch,
				maxFolderDepth: params.maxFolderDepth
			});
			abortSignal?.throwIfAborted();
			return lazyBlobs.map((blob) => ({
				...operation,
				content: blob.blob,
				path: blob.path
			}));
		}))).flat(1);
		const gitAttributes = allOperations.filter(isFileOperation).find((op) => op.path === ".gitattributes")?.content;
		for (const operations of chunk(allOperations.filter(isFileOperation), 100)) {
			const payload = {
				gitAttributes: gitAttributes && await gitAttributes.text(),
				files: await Promise.all(operations.map(async (operation) => ({
					path: operation.path,
					size: operation.content.size,
					sample: base64FromBytes(new Uint8Array(await operation.content.slice(0, 512).arrayBuffer()))
				})))
			};
			abortSignal?.throwIfAborted();
			const res = await (params.fetch ?? fetch)(`${params.hubUrl ?? "https://huggingface.co"}/api/${repoId.type}s/${repoId.name}/preupload/${encodeURIComponent(params.branch ?? "main")}` + (params.isPullRequest ? "?create_pr=1" : ""), {
				method: "POST",
				headers: {
					...accessToken && { Authorization: `Bearer ${accessToken}` },
					"Content-Type": "application/json"
				},
				body: JSON.stringify(payload),
				signal: abortSignal
			});
			if (!res.ok) throw await createApiError(res);
			const json = await res.json();
			for (const file of json.files) if (file.uploadMode === "lfs") lfsShas.set(file.path, null);
		}
		yield {
			event: "phase",
			phase: "uploadingLargeFiles"
		};
		for (const operations of chunk(allOperations.filter(isFileOperation).filter((op) => lfsShas.has(op.path)), 100)) {
			const shas = yield* eventToGenerator((yieldCallback, returnCallback, rejectCallack) => {
				return promisesQueue(operations.map((op) => async () => {
					const iterator = sha256(op.content, {
						useWebWorker: params.useWebWorkers,
						abortSignal
					});
					let res2;
					do {
						res2 = await iterator.next();
						if (!res2.done) yieldCallback({
							event: "fileProgress",
							path: op.path,
							progress: res2.value,
							state: "hashing"
						});
					} while (!res2.done);
					const sha = res2.value;
					lfsShas.set(op.path, res2.value);
					return sha;
				}), CONCURRENT_SHAS).then(returnCallback, rejectCallack);
			});
			abortSignal?.throwIfAborted();
			const payload = {
				operation: "upload",
				transfers: [
					"basic",
					"multipart",
					...useXet ? ["xet"] : []
				],
				hash_algo: "sha_256",
				...!params.isPullRequest && { ref: { name: params.branch ?? "main" } },
				objects: operations.map((op, i) => ({
					oid: shas[i],
					size: op.content.size
				}))
			};
			const res = await (params.fetch ?? fetch)(`${params.hubUrl ?? "https://huggingface.co"}/${repoId.type === "model" ? "" : repoId.type + "s/"}${repoId.name}.git/info/lfs/objects/batch`, {
				method: "POST",
				headers: {
					...accessToken && { Authorization: `Bearer ${accessToken}` },
					Accept: "application/vnd.git-lfs+json",
					"Content-Type": "application/vnd.git-lfs+json"
				},
				body: JSON.stringify(payload),
				signal: abortSignal
			});
			if (!res.ok) throw await createApiError(res);
			const json = await res.json();
			const batchRequestId = res.headers.get("X-Request-Id") || void 0;
			const shaToOperation = new Map(operations.map((op, i) => [shas[i], op]));
			if (useXet && json.transfer !== "xet") useXet = false;
			let xetParams = null;
			if (useXet) {
				for (const obj of json.objects) {
					const op = shaToOperation.get(obj.oid);
					if (!op) throw new InvalidApiResponseFormatError("Unrequested object ID in response");
					if (obj.error) {
						const errorMessage = `Error while doing LFS batch call for ${operations[shas.indexOf(obj.oid)].path}: ${obj.error.message}${batchRequestId ? ` - Request ID: ${batchRequestId}` : ""}`;
						throw new HubApiError(res.url, obj.error.code, batchRequestId, errorMessage);
					}
					if (!obj.actions?.upload) yield {
						event: "fileProgress",
						path: op.path,
						progress: 1,
						state: "uploading"
					};
					else {
						const headers = new Headers(obj.actions.upload.header);
						xetParams = {
							sessionId: headers.get("X-Xet-Session-Id") ?? void 0,
							casUrl: headers.get("X-Xet-Cas-Url") ?? void 0,
							accessToken: headers.get("X-Xet-Access-Token") ?? void 0,
							expiresAt: headers.get("X-Xet-Token-Expiration") ? /* @__PURE__ */ new Date(parseInt(headers.get("X-Xet-Token-Expiration") ?? "0") * 1e3) : void 0,
							refreshWriteTokenUrl: obj.actions.upload.href
						};
					}
				}
				const source = async function* () {
					for (const obj of json.objects) {
						const op = shaToOperation.get(obj.oid);
						if (!op || !obj.actions?.upload) continue;
						abortSignal?.throwIfAborted();
						yield {
							content: op.content,
							path: op.path,
							sha256: obj.oid
						};
					}
				}();
				if (xetParams) {
					const fixedXetParams = xetParams;
					const sources = splitAsyncGenerator(source, 5);
					yield* eventToGenerator((yieldCallback, returnCallback, rejectCallback) => Promise.all(sources.map(async function(source2) {
						for await (const event of uploadShards(source2, {
							fetch: params.fetch,
							accessToken,
							hubUrl: params.hubUrl ?? "https://huggingface.co",
							repo: repoId,
							xetParams: fixedXetParams,
							rev: params.branch ?? "main",
							isPullRequest: params.isPullRequest,
							rangeEditCache: params.rangeEditCache,
							yieldCallback: (event2) => yieldCallback({
								...event2,
								state: "uploading"
							})
						})) if (event.event === "file") yieldCallback({
							event: "fileProgress",
							path: event.path,
							progress: 1,
							state: "uploading"
						});
						else if (event.event === "fileProgress") yieldCallback({
							event: "fileProgress",
							path: event.path,
							progress: event.progress,
							state: "uploading"
						});
					})).then(() => returnCallback(void 0), rejectCallback));
				}
			} else yield* eventToGenerator((yieldCallback, returnCallback, rejectCallback) => {
				return promisesQueueStreaming(json.objects.map((obj) => async () => {
					const op = shaToOperation.get(obj.oid);
					if (!op) throw new InvalidApiResponseFormatError("Unrequested object ID in response");
					abortSignal?.throwIfAborted();
					if (obj.error) {
						const errorMessage = `Error while doing LFS batch call for ${operations[shas.indexOf(obj.oid)].path}: ${obj.error.message}${batchRequestId ? ` - Request ID: ${batchRequestId}` : ""}`;
						throw new HubApiError(res.url, obj.error.code, batchRequestId, errorMessage);
					}
					if (!obj.actions?.upload) {
						yieldCallback({
							event: "fileProgress",
							path: op.path,
							progress: 1,
							state: "uploading"
						});
						return;
					}
					yieldCallback({
						event: "fileProgress",
						path: op.path,
						progress: 0,
						state: "uploading"
					});
					const content = op.content;
					const header = obj.actions.upload.header;
					if (header?.chunk_size) {
						const chunkSize = parseInt(header.chunk_size);
						const completionUrl = obj.actions.upload.href;
						const parts = Object.keys(header).filter((key) => /^[0-9]+$/.test(key));
						if (parts.length !== Math.ceil(content.size / chunkSize)) throw new Error("Invalid server response to upload large LFS file, wrong number of parts");
						const completeReq = {
							oid: obj.oid,
							parts: parts.map((part) => ({
								partNumber: +part,
								etag: ""
							}))
						};
						const progressCallback = (progress) => yieldCallback({
							event: "fileProgress",
							path: op.path,
							progress,
							state: "uploading"
						});
						await promisesQueueStreaming(parts.map((part) => async () => {
							abortSignal?.throwIfAborted();
							const index = parseInt(part) - 1;
							const slice = content.slice(index * chunkSize, (index + 1) * chunkSize);
							const res3 = await (params.fetch ?? fetch)(header[part], {
								method: "PUT",
								/** Unfortunately, browsers don't support our inherited version of Blob in fetch calls */
								body: slice instanceof WebBlob && isFrontend ? await slice.arrayBuffer() : slice,
								signal: abortSignal,
								progressHint: {
									path: op.path,
									part: index,
									numParts: parts.length,
									progressCallback
								}
							});
							if (!res3.ok) throw await createApiError(res3, {
								requestId: batchRequestId,
								message: `Error while uploading part ${part} of ${operations[shas.indexOf(obj.oid)].path} to LFS storage`
							});
							const eTag = res3.headers.get("ETag");
							if (!eTag) throw new Error("Cannot get ETag of part during multipart upload");
							completeReq.parts[Number(part) - 1].etag = eTag;
						}), MULTIPART_PARALLEL_UPLOAD);
						abortSignal?.throwIfAborted();
						const res2 = await (params.fetch ?? fetch)(completionUrl, {
							method: "POST",
							body: JSON.stringify(completeReq),
							headers: {
								Accept: "application/vnd.git-lfs+json",
								"Content-Type": "application/vnd.git-lfs+json"
							},
							signal: abortSignal
						});
						if (!res2.ok) throw await createApiError(res2, {
							requestId: batchRequestId,
							message: `Error completing multipart upload of ${operations[shas.indexOf(obj.oid)].path} to LFS storage`
						});
						yieldCallback({
							event: "fileProgress",
							path: op.path,
							progress: 1,
							state: "uploading"
						});
					} else {
						const res2 = await (params.fetch ?? fetch)(obj.actions.upload.href, {
							method: "PUT",
							headers: { ...batchRequestId ? { "X-Request-Id": batchRequestId } : void 0 },
							/** Unfortunately, browsers don't support our inherited version of Blob in fetch calls */
							body: content instanceof WebBlob && isFrontend ? await content.arrayBuffer() : content,
							signal: abortSignal,
							progressHint: {
								path: op.path,
								progressCallback: (progress) => yieldCallback({
									event: "fileProgress",
									path: op.path,
									progress,
									state: "uploading"
								})
							}
						});
						if (!res2.ok) throw await createApiError(res2, {
							requestId: batchRequestId,
							message: `Error while uploading ${operations[shas.indexOf(obj.oid)].path} to LFS storage`
						});
						yieldCallback({
							event: "fileProgress",
							path: op.path,
							progress: 1,
							state: "uploading"
						});
					}
				}), CONCURRENT_LFS_UPLOADS).then(returnCallback, rejectCallback);
			});
		}
		abortSignal?.throwIfAborted();
		yield {
			event: "phase",
			phase: "committing"
		};
		return yield* eventToGenerator(async (yieldCallback, returnCallback, rejectCallback) => (params.fetch ?? fetch)(`${params.hubUrl ?? "https://huggingface.co"}/api/${repoId.type}s/${repoId.name}/commit/${encodeURIComponent(params.branch ?? "main")}` + (params.isPullRequest ? "?create_pr=1" : ""), {
			method: "POST",
			headers: {
				...accessToken && { Authorization: `Bearer ${accessToken}` },
				"Content-Type": "application/x-ndjson"
			},
			body: [{
				key: "header",
				value: {
					summary: params.title,
					description: params.description,
					parentCommit: params.parentCommit
				}
			}, ...await Promise.all(allOperations.map((operation) => {
				if (isFileOperation(operation)) {
					const sha = lfsShas.get(operation.path);
					if (sha) return {
						key: "lfsFile",
						value: {
							path: operation.path,
							algo: "sha256",
							size: operation.content.size,
							oid: sha
						}
					};
				}
				return convertOperationToNdJson(operation);
			}))].map((x) => JSON.stringify(x)).join("\n"),
			signal: abortSignal,
			progressHint: { progressCallback: (progress) => {
				for (const op of allOperations) if (isFileOperation(op) && !lfsShas.has(op.path)) yieldCallback({
					event: "fileProgress",
					path: op.path,
					progress,
					state: "uploading"
				});
			} }
		}).then(async (res) => {
			if (!res.ok) throw await createApiError(res);
			const json = await res.json();
			returnCallback({
				pullRequestUrl: json.pullRequestUrl,
				commit: {
					oid: json.commitOid,
					url: json.commitUrl
				},
				hookOutput: json.hookOutput
			});
		}).catch(rejectCallback));
	} catch (err) {
		abortController.abort();
		throw err;
	}
}
async function* commitIterBucket(params) {
	const accessToken = checkCredentials(params);
	const repoId = toRepoId(params.repo);
	if (params.useXet === false) throw new Error("useXet must be true or undefined for buckets");
	const abortController = new AbortController();
	const abortSignal = abortController.signal;
	if (!abortSignal.throwIfAborted) abortSignal.throwIfAborted = () => {
		if (abortSignal.aborted) throw new DOMException("Aborted", "AbortError");
	};
	if (params.abortSignal) params.abortSignal.addEventListener("abort", () => abortController.abort());
	try {
		const allOperations = (await Promise.all(params.operations.map(async (operation) => {
			if (operation.operation === "edit") {
				const splicedBlob = SplicedBlob.create(operation.originalContent, operation.edits.map((splice) => ({
					insert: splice.content,
					start: splice.start,
					end: splice.end
				})));
				return {
					operation: "addOrUpdate",
					path: operation.path,
					content: splicedBlob
				};
			}
			if (operation.operation !== "addOrUpdate") return operation;
			if (!(operation.content instanceof URL)) return {
				...operation,
				content: operation.content
			};
			const lazyBlobs = await createBlobs(operation.content, operation.path, {
				fetch: params.fetch,
				maxFolderDepth: params.maxFolderDepth
			});
			abortSignal?.throwIfAborted();
			return lazyBlobs.map((blob) => ({
				...operation,
				content: blob.blob,
				path: blob.path
			}));
		}))).flat(1);
		yield {
			event: "phase",
			phase: "uploadingLargeFiles"
		};
		for (const operations of chunk(allOperations.filter(isFileOperation), 100)) {
			const xetHashes = /* @__PURE__ */ new Map();
			abortSignal?.throwIfAborted();
			const source = async function* () {
				for (const operation of operations) {
					abortSignal?.throwIfAborted();
					yield {
						content: operation.content,
						path: operation.path
					};
				}
			}();
			const xetParams = {
				sessionId: crypto.randomUUID(),
				refreshWriteTokenUrl: `${params.hubUrl ?? "https://huggingface.co"}/api/${repoId.type}s/${repoId.name}/xet-write-token`
			};
			const sources = splitAsyncGenerator(source, 5);
			yield* eventToGenerator((yieldCallback, returnCallback, rejectCallback) => Promise.all(sources.map(async function(source2) {
				for await (const event of uploadShards(source2, {
					fetch: params.fetch,
					accessToken,
					hubUrl: params.hubUrl ?? "https://huggingface.co",
					repo: repoId,
					xetParams,
					rev: params.branch ?? "main",
					rangeEditCache: params.rangeEditCache,
					yieldCallback: (event2) => yieldCallback({
						...event2,
						state: "uploading"
					})
				})) if (event.event === "file") {
					yieldCallback({
						event: "fileProgress",
						path: event.path,
						progress: 1,
						state: "uploading"
					});
					xetHashes.set(event.path, event.xetHash);
				} else if (event.event === "fileProgress") yieldCallback({
					event: "fileProgress",
					path: event.path,
					progress: event.progress,
					state: "uploading"
				});
			})).then(() => returnCallback(void 0), rejectCallback));
			const resp = await (params.fetch ?? fetch)(`${params.hubUrl ?? "https://huggingface.co"}/api/${repoId.type}s/${repoId.name}/batch`, {
				method: "POST",
				headers: {
					...accessToken && { Authorization: `Bearer ${accessToken}` },
					"Content-Type": "application/x-ndjson"
				},
				body: [...xetHashes.entries()].map(([path2, xetHash]) => JSON.stringify({
					type: "addFile",
					path: path2,
					xetHash
				})).join("\n"),
				signal: abortSignal
			});
			if (!resp.ok && resp.status !== 422) throw await createApiError(resp);
			const json = await resp.json();
			for (const failed of json.failed) yield {
				event: "fileProgress",
				path: failed.path,
				progress: 0,
				state: "error"
			};
		}
		abortSignal?.throwIfAborted();
		const copyOperations = allOperations.filter((operation) => operation.operation === "copy");
		for (const copyChunk of chunk(copyOperations, 100)) {
			abortSignal?.throwIfAborted();
			const resp = await (params.fetch ?? fetch)(`${params.hubUrl ?? "https://huggingface.co"}/api/${repoId.type}s/${repoId.name}/batch`, {
				method: "POST",
				headers: {
					...accessToken && { Authorization: `Bearer ${accessToken}` },
					"Content-Type": "application/x-ndjson"
				},
				body: copyChunk.map((op) => {
					const sourceRepoId = toRepoId(op.sourceRepo);
					return JSON.stringify({
						type: "copyFile",
						path: op.path,
						xetHash: op.sourceXetHash,
						sourceRepoType: sourceRepoId.type,
						sourceRepoId: sourceRepoId.name
					});
				}).join("\n"),
				signal: abortSignal
			});
			if (!resp.ok && resp.status !== 422) throw await createApiError(resp);
			const json = await resp.json();
			for (const failed of json.failed) yield {
				event: "fileProgress",
				path: failed.path,
				progress: 0,
				state: "error"
			};
		}
		abortSignal?.throwIfAborted();
		const deletedOperations = allOperations.filter((operation) => operation.operation === "delete");
		if (deletedOperations.length > 0) {
			const resp = await (params.fetch ?? fetch)(`${params.hubUrl ?? "https://huggingface.co"}/api/${repoId.type}s/${repoId.name}/batch`, {
				method: "POST",
				headers: {
					...accessToken && { Authorization: `Bearer ${accessToken}` },
					"Content-Type": "application/x-ndjson"
				},
				body: deletedOperations.map((operation) => JSON.stringify({
					type: "deleteFile",
					path: operation.path
				})).join("\n"),
				signal: abortSignal
			});
			if (!resp.ok) throw await createApiError(resp);
			const json = await resp.json();
			if (json.failed.length > 0) {
				const failedPaths = json.failed.slice(0, 5).map((f) => f.path);
				throw new Error(`Failed to delete ${json.failed.length} file(s): ${failedPaths.join(", ")}${json.failed.length > 5 ? "..." : ""}, request ID: ${resp.headers.get("X-Request-Id")}`);
			}
		}
		abortSignal?.throwIfAborted();
	} catch (err) {
		abortController.abort();
		throw err;
	}
}
async function commit(params) {
	const iterator = commitIter(params);
	const failedPaths = [];
	let failedCount = 0;
	let res = await iterator.next();
	while (!res.done) {
		if (res.value.event === "fileProgress" && res.value.state === "error") {
			failedCount++;
			if (failedPaths.length < 5) failedPaths.push(res.value.path);
		}
		res = await iterator.next();
	}
	if (failedCount > 0) throw new Error(`Failed to upload ${failedCount} file(s): ${failedPaths.join(", ")}${failedCount > 5 ? "..." : ""}`);
	return res.value;
}
async function convertOperationToNdJson(operation) {
	switch (operation.operation) {
		case "addOrUpdate": return {
			key: "file",
			value: {
				content: base64FromBytes(new Uint8Array(await operation.content.arrayBuffer())),
				path: operation.path,
				encoding: "base64"
			}
		};
		case "delete": return {
			key: "deletedFile",
			value: { path: operation.path }
		};
		case "edit": throw new Error("Edit operations should be converted to addOrUpdate operations before reaching convertOperationToNdJson");
		default: throw new TypeError("Unknown operation: " + operation.operation);
	}
}
function parseLinkHeader(header) {
	return Object.fromEntries([...header.matchAll(/<(https?:[/][/][^>]+)>;\s+rel="([^"]+)"/g)].map(([, url, rel]) => [rel, url]));
}
async function* listFiles(params) {
	const accessToken = checkCredentials(params);
	const repoId = toRepoId(params.repo);
	const revision = repoId.type === "bucket" ? void 0 : params.revision || "main";
	let url = `${params.hubUrl || "https://huggingface.co"}/api/${repoId.type}s/${repoId.name}/tree${revision ? `/${revision}` : ""}${params.path ? "/" + params.path : ""}?recursive=${!!params.recursive}&expand=${!!params.expand}`;
	while (url) {
		const res = await (params.fetch ?? fetch)(url, { headers: {
			accept: "application/json",
			...accessToken ? { Authorization: `Bearer ${accessToken}` } : void 0
		} });
		if (!res.ok) throw await createApiError(res);
		const items = await res.json();
		for (const item of items) yield item;
		const linkHeader = res.headers.get("Link");
		url = linkHeader ? parseLinkHeader(linkHeader).next : void 0;
	}
}
async function pathsInfo(params) {
	const accessToken = checkCredentials(params);
	const repoId = toRepoId(params.repo);
	const hubUrl = params.hubUrl ?? "https://huggingface.co";
	const revision = repoId.type === "bucket" ? void 0 : params.revision ?? "main";
	const url = `${hubUrl}/api/${repoId.type}s/${repoId.name}/paths-info${revision ? `/${encodeURIComponent(revision)}` : ""}`;
	const resp = await (params.fetch ?? fetch)(url, {
		method: "POST",
		headers: {
			...accessToken && { Authorization: `Bearer ${accessToken}` },
			Accept: "application/json",
			"Content-Type": "application/json"
		},
		body: JSON.stringify({
			paths: params.paths,
			expand: params.expand
		})
	});
	if (!resp.ok) throw await createApiError(resp);
	const json = await resp.json();
	if (!Array.isArray(json)) throw new Error("malformed response: expected array");
	return json.map((item) => ({
		path: item.path,
		lfs: item.lfs,
		type: item.type,
		oid: item.oid,
		size: item.size,
		xetHash: item.xetHash,
		uploadedAt: item.uploadedAt,
		securityFileStatus: item.securityFileStatus,
		lastCommit: item.lastCommit ? {
			date: new Date(item.lastCommit.date),
			title: item.lastCommit.title,
			id: item.lastCommit.id
		} : void 0
	}));
}
function pick(o, props) {
	return Object.assign({}, ...props.map((prop) => {
		if (o[prop] !== void 0) return { [prop]: o[prop] };
	}));
}
var DATASET_EXPAND_KEYS = [
	"private",
	"downloads",
	"gated",
	"likes",
	"lastModified"
];
async function datasetInfo(params) {
	const accessToken = params && checkCredentials(params);
	const search = new URLSearchParams([...DATASET_EXPAND_KEYS.map((val) => ["expand", val]), ...params?.additionalFields?.map((val) => ["expand", val]) ?? []]).toString();
	const response = await (params.fetch || fetch)(`${params?.hubUrl || "https://huggingface.co"}/api/datasets/${params.name}/revision/${encodeURIComponent(params.revision ?? "HEAD")}?${search.toString()}`, { headers: { ...accessToken ? { Authorization: `Bearer ${accessToken}` } : {} } });
	if (!response.ok) throw await createApiError(response);
	const data = await response.json();
	return {
		...params?.additionalFields && pick(data, params.additionalFields),
		id: data._id,
		name: data.id,
		private: data.private,
		downloads: data.downloads,
		likes: data.likes,
		gated: data.gated,
		updatedAt: new Date(data.lastModified)
	};
}
function normalizeInferenceProviderMapping(hfModelId, inferenceProviderMapping) {
	if (!inferenceProviderMapping) return [];
	if (Array.isArray(inferenceProviderMapping)) return inferenceProviderMapping.map((entry) => ({
		...entry,
		hfModelId
	}));
	return Object.entries(inferenceProviderMapping).map(([provider, mapping]) => ({
		provider,
		hfModelId,
		providerId: mapping.providerId,
		status: mapping.status,
		task: mapping.task
	}));
}
var MODEL_EXPAND_KEYS = [
	"pipeline_tag",
	"private",
	"gated",
	"downloads",
	"likes",
	"lastModified"
];
var MODEL_DERIVED_FIELD_TO_API_KEY = { filePaths: "siblings" };
async function* listModels(params) {
	const accessToken = params && checkCredentials(params);
	let totalToFetch = params?.limit ?? 1e400;
	const additionalExpandKeys = params?.additionalFields?.map((field) => MODEL_DERIVED_FIELD_TO_API_KEY[field] ?? field) ?? [];
	const search = new URLSearchParams([
		...Object.entries({
			limit: String(Math.min(totalToFetch, 500)),
			...params?.search?.owner ? { author: params.search.owner } : void 0,
			...params?.search?.task ? { pipeline_tag: params.search.task } : void 0,
			...params?.search?.query ? { search: params.search.query } : void 0,
			...params?.search?.inferenceProviders ? { inference_provider: params.search.inferenceProviders.join(",") } : void 0,
			...params?.search?.apps ? { apps: params.search.apps.join(",") } : void 0,
			...params?.sort ? { sort: params.sort } : void 0
		}),
		...params?.search?.tags?.map((tag) => ["filter", tag]) ?? [],
		...MODEL_EXPAND_KEYS.map((val) => ["expand", val]),
		...additionalExpandKeys.map((val) => ["expand", val])
	]).toString();
	let url = `${params?.hubUrl || "https://huggingface.co"}/api/models?${search}`;
	while (url) {
		const res = await (params?.fetch ?? fetch)(url, { headers: {
			accept: "application/json",
			...accessToken ? { Authorization: `Bearer ${accessToken}` } : void 0
		} });
		if (!res.ok) throw await createApiError(res);
		const items = await res.json();
		for (const item of items) {
			const additional = {};
			if (params?.additionalFields) for (const field of params.additionalFields) if (field === "filePaths") additional.filePaths = (item.siblings ?? []).map((s) => s.rfilename);
			else if (field === "inferenceProviderMapping" && item.inferenceProviderMapping) additional.inferenceProviderMapping = normalizeInferenceProviderMapping(item.id, item.inferenceProviderMapping);
			else additional[field] = item[field];
			yield {
				...additional,
				id: item._id,
				name: item.id,
				private: item.private,
				task: item.pipeline_tag,
				downloads: item.downloads,
				gated: item.gated,
				likes: item.likes,
				updatedAt: new Date(item.lastModified)
			};
			totalToFetch--;
			if (totalToFetch <= 0) return;
		}
		const linkHeader = res.headers.get("Link");
		url = linkHeader ? parseLinkHeader(linkHeader).next : void 0;
	}
}
async function modelInfo(params) {
	const accessToken = params && checkCredentials(params);
	const additionalExpandKeys = params?.additionalFields?.map((field) => MODEL_DERIVED_FIELD_TO_API_KEY[field] ?? field) ?? [];
	const search = new URLSearchParams([...MODEL_EXPAND_KEYS.map((val) => ["expand", val]), ...additionalExpandKeys.map((val) => ["expand", val])]).toString();
	const response = await (params.fetch || fetch)(`${params?.hubUrl || "https://huggingface.co"}/api/models/${params.name}/revision/${encodeURIComponent(params.revision ?? "HEAD")}?${search.toString()}`, { headers: { ...accessToken ? { Authorization: `Bearer ${accessToken}` } : {} } });
	if (!response.ok) throw await createApiError(response);
	const data = await response.json();
	const additional = {};
	if (params?.additionalFields) for (const field of params.additionalFields) if (field === "filePaths") additional.filePaths = (data.siblings ?? []).map((s) => s.rfilename);
	else if (field === "inferenceProviderMapping" && data.inferenceProviderMapping) additional.inferenceProviderMapping = normalizeInferenceProviderMapping(data.id, data.inferenceProviderMapping);
	else additional[field] = data[field];
	return {
		...additional,
		id: data._id,
		name: data.id,
		private: data.private,
		task: data.pipeline_tag,
		downloads: data.downloads,
		gated: data.gated,
		likes: data.likes,
		updatedAt: new Date(data.lastModified)
	};
}
var DIFFUSERS_SAFETENSORS_FILE = "diffusion_pytorch_model.safetensors";
var DIFFUSERS_SAFETENSORS_INDEX_FILE = "diffusion_pytorch_model.safetensors.index.json";
[...["transformer", "unet"].map((folder) => ({
	single: `${folder}/${DIFFUSERS_SAFETENSORS_FILE}`,
	index: `${folder}/${DIFFUSERS_SAFETENSORS_INDEX_FILE}`
}))];
// src/sources/transfer/bounded-answers.ts
/**
* @file What the Hub's API answers, within bounds: whoever answers in its place can make neither a list without end nor one that
* fills the memory. Contents of files do not come this way; hub-download.ts counts those.
*/
/** 20,000 files take 20 pages of the Hub's; mirrors may cut smaller ones. */
const MOST_ANSWERS = 2e3;
/** Of all answers together: 20,000 files take 8 MB. */
const MOST_BYTES = 2 ** 26;
/** For the whole of one answer. */
const ANSWER_MS = 12e4;
/** The same requests, whose answers are read whole, and counted. Errors: HUB_ANSWER_UNUSABLE and those of `request`. */
function boundedAnswers(request, repository) {
	let [answers, bytesLeft] = [0, MOST_BYTES];
	return async (input, init) => {
		answers++;
		if (answers > MOST_ANSWERS) throw hubAnswerUnusable(repository, `its list goes on after ${MOST_ANSWERS} pages`);
		const response = await request(input, {
			...init,
			signal: AbortSignal.timeout(ANSWER_MS)
		});
		const chunks = [];
		for await (const chunk of response.body ?? []) {
			bytesLeft -= chunk.byteLength;
			if (bytesLeft < 0) throw hubAnswerUnusable(repository, `its list has more than ${MOST_BYTES} bytes`);
			chunks.push(chunk);
		}
		const { status, headers } = response;
		return new Response(Buffer.concat(chunks), {
			status,
			headers
		});
	};
}
export { listModels as a, listFiles as i, commit as n, modelInfo as o, datasetInfo as r, pathsInfo as s, boundedAnswers as t };
