import { n as __exportAll } from "./shared-rolldown-runtime.js";
import { o as problem, r as SaegateError } from "./shared-system-limits.js";
import { i as bytesSource, r as systemErrorCode, t as fileSource } from "./shared-file.js";
import { a as temporaryPathIn, l as writeProblem } from "./shared-atomic.js";
import { n as programFile, t as isBundled$1 } from "./shared-program-file.js";
import { t as startThread } from "./shared-thread.js";
import { A as readJsonObject, C as firstNonFinite, D as describeJson, E as MAX_JSON_BYTES, O as isJsonObject, S as widenFloat16, b as narrowToFloat16, j as syntaxReason, k as parseJson, v as toFloat32, x as widenBfloat16, y as narrowToBfloat16 } from "./shared-hub-urls.js";
import { f as fileNotListed, n as parseHubSpec, o as hubEndpoint, s as hubSettings, t as isHubSpec, u as staysInside } from "./shared-hub-spec.js";
import { a as digestedFiles, i as ggufPartNames, n as fileWatch, o as digestsOf, r as openCheckpoint, s as filesSha256, t as openFiles } from "./shared-open-files.js";
import { a as knowsProvider, c as runtimeVersion, d as precisionUnavailable, i as cudaProviderInstalled, l as deviceUnavailable, n as runResult, o as runtime, r as cudaProviderFile, t as createSession, u as engineFailed } from "./shared-session.js";
import { $t as DEGREES_RULE, A as snappyUncompress, At as columnsOf, Bn as nullCheckFailed, C as exactEncoderBias, Ct as correlations, Dt as addCandidateTile, E as isGlob, Et as addCandidateMoments, Fn as captureNotFinite, Ft as firingRates, Gn as spillFailed, Hn as residualsAlike, In as digestUnexpected, It as groupTotals, K as askedOf, Ln as diskTooSmall, Lt as meanActivations, M as parquetMetadata, Mn as badFit, Mt as deadFeatures, N as parquetSchema, Nn as candidateIsReference, Nt as emptyCandidateMoments, O as parquetReadObjects, Ot as addReferenceMoments, Pn as candidateRotated, Pt as emptyReferenceMoments, Rn as lanesInvalid, Rt as meanFiring, S as encoderBias, St as candidateColumns, T as globbed, Tt as activeFeatures, Un as rotationAtRunTime, Ut as neighbourCorrelation, Vn as positionsLeaveNothing, Vt as quantile, Wn as rotationInexact, _ as saeWidth, _t as classesOf, a as LAYOUTS, an as samplingOf, ar as ANYTHING, b as folderOf, bt as featureReplicates, c as isInStream, cn as groupCount, cr as EVERY_RECORD, d as saeHookLayer, dr as datasetPart, en as RESAMPLING_METHOD, er as leftOut$2, f as saeHookParallel, fr as namedPart, g as saeUnsupported, h as saePatternTooMany, hn as isActive, i as patternRoot, ir as isCudaDevice, jt as countedPositions, k as parquetHeader, kt as addReferenceTile, ln as groupOfEach, lr as corpusParts, m as saePatternEmpty, mn as firingRate, mr as visibleDevice, n as isSaePattern, nn as fewestGroups, nt as summarizeFeatures, o as scaleRows$1, on as dealGroups, ot as summarizeDivergence, p as saeNotFound, pr as nvidiaDevices, pt as correlationIntervals, r as patternMatches, rr as cudaIndex, s as hookName, st as summarizePerplexity, t as findCudaLibraries, tr as skipping, tt as require_dist, u as saeAmbiguous, un as typicalDocument, ur as corpusRepositories, ut as countsAbove, vt as meanCorrelation, w as globFolder, x as decoderNorms, y as readNpy, yn as requireComparable, yt as correlationAccuracy, zn as modelTooLarge, zt as meanSquares } from "./shared-cuda-libraries.js";
import { t as removeDeadTemporaries } from "./shared-leftovers.js";
import { t as COMMIT } from "./shared-hub-cache.js";
import { createHash } from "node:crypto";
import { constants, existsSync, readFileSync, statSync } from "node:fs";
import { appendFile, copyFile, link, lstat, mkdir, mkdtemp, open, rm, stat, statfs } from "node:fs/promises";
import { availableParallelism, freemem, tmpdir, totalmem } from "node:os";
import { basename, dirname, join, posix } from "node:path";
import { brotliDecompressSync, createGunzip, gunzipSync } from "node:zlib";
import { setImmediate as setImmediate$1 } from "node:timers/promises";
import { Transform } from "stream";
import { Readable } from "node:stream";
import { isUtf8 } from "node:buffer";
import { constrainedMemory } from "node:process";
import { Script } from "node:vm";
// node_modules/fzstd/esm/index.mjs
var import_dist = require_dist();
var ab = ArrayBuffer;
var u8 = Uint8Array;
var u16 = Uint16Array;
var i16 = Int16Array;
var i32 = Int32Array;
var slc = function(v, s, e) {
	if (u8.prototype.slice) return u8.prototype.slice.call(v, s, e);
	if (s == null || s < 0) s = 0;
	if (e == null || e > v.length) e = v.length;
	var n = new u8(e - s);
	n.set(v.subarray(s, e));
	return n;
};
var fill = function(v, n, s, e) {
	if (u8.prototype.fill) return u8.prototype.fill.call(v, n, s, e);
	if (s == null || s < 0) s = 0;
	if (e == null || e > v.length) e = v.length;
	for (; s < e; ++s) v[s] = n;
	return v;
};
var cpw = function(v, t, s, e) {
	if (u8.prototype.copyWithin) return u8.prototype.copyWithin.call(v, t, s, e);
	if (s == null || s < 0) s = 0;
	if (e == null || e > v.length) e = v.length;
	while (s < e) v[t++] = v[s++];
};
var ec = [
	"invalid zstd data",
	"window size too large (>2046MB)",
	"invalid block type",
	"FSE accuracy too high",
	"match distance too far back",
	"unexpected EOF"
];
var err = function(ind, msg, nt) {
	var e = new Error(msg || ec[ind]);
	e.code = ind;
	if (Error.captureStackTrace) Error.captureStackTrace(e, err);
	if (!nt) throw e;
	return e;
};
var rb = function(d, b, n) {
	var i = 0, o = 0;
	for (; i < n; ++i) o |= d[b++] << (i << 3);
	return o;
};
var b4 = function(d, b) {
	return (d[b] | d[b + 1] << 8 | d[b + 2] << 16 | d[b + 3] << 24) >>> 0;
};
var rzfh = function(dat, w) {
	var n3 = dat[0] | dat[1] << 8 | dat[2] << 16;
	if (n3 == 3126568 && dat[3] == 253) {
		var flg = dat[4];
		var ss = flg >> 5 & 1, cc = flg >> 2 & 1, df = flg & 3, fcf = flg >> 6;
		if (flg & 8) err(0);
		var bt = 6 - ss;
		var db = df == 3 ? 4 : df;
		var di = rb(dat, bt, db);
		bt += db;
		var fsb = fcf ? 1 << fcf : ss;
		var fss = rb(dat, bt, fsb) + (fcf == 1 && 256);
		var ws = fss;
		if (!ss) {
			var wb = 1 << 10 + (dat[5] >> 3);
			ws = wb + (wb >> 3) * (dat[5] & 7);
		}
		if (ws > 2145386496) err(1);
		var buf = new u8((w == 1 ? fss || ws : w ? 0 : ws) + 12);
		buf[0] = 1, buf[4] = 4, buf[8] = 8;
		return {
			b: bt + fsb,
			y: 0,
			l: 0,
			d: di,
			w: w && w != 1 ? w : buf.subarray(12),
			e: ws,
			o: new i32(buf.buffer, 0, 3),
			u: fss,
			c: cc,
			m: Math.min(131072, ws)
		};
	} else if ((n3 >> 4 | dat[3] << 20) == 25481893) return b4(dat, 4) + 8;
	err(0);
};
var msb = function(val) {
	var bits = 0;
	for (; 1 << bits <= val; ++bits);
	return bits - 1;
};
var rfse = function(dat, bt, mal) {
	var tpos = (bt << 3) + 4;
	var al = (dat[bt] & 15) + 5;
	if (al > mal) err(3);
	var sz = 1 << al;
	var probs = sz, sym = -1, re = -1, i = -1, ht = sz;
	var buf = new ab(512 + (sz << 2));
	var freq = new i16(buf, 0, 256);
	var dstate = new u16(buf, 0, 256);
	var nstate = new u16(buf, 512, sz);
	var bb1 = 512 + (sz << 1);
	var syms = new u8(buf, bb1, sz);
	var nbits = new u8(buf, bb1 + sz);
	while (sym < 255 && probs > 0) {
		var bits = msb(probs + 1);
		var cbt = tpos >> 3;
		var msk = (1 << bits + 1) - 1;
		var val = (dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (tpos & 7) & msk;
		var msk1fb = (1 << bits) - 1;
		var msv = msk - probs - 1;
		var sval = val & msk1fb;
		if (sval < msv) tpos += bits, val = sval;
		else {
			tpos += bits + 1;
			if (val > msk1fb) val -= msv;
		}
		freq[++sym] = --val;
		if (val == -1) {
			probs += val;
			syms[--ht] = sym;
		} else probs -= val;
		if (!val) do {
			var rbt = tpos >> 3;
			re = (dat[rbt] | dat[rbt + 1] << 8) >> (tpos & 7) & 3;
			tpos += 2;
			sym += re;
		} while (re == 3);
	}
	if (sym > 255 || probs) err(0);
	var sympos = 0;
	var sstep = (sz >> 1) + (sz >> 3) + 3;
	var smask = sz - 1;
	for (var s = 0; s <= sym; ++s) {
		var sf = freq[s];
		if (sf < 1) {
			dstate[s] = -sf;
			continue;
		}
		for (i = 0; i < sf; ++i) {
			syms[sympos] = s;
			do
				sympos = sympos + sstep & smask;
			while (sympos >= ht);
		}
	}
	if (sympos) err(0);
	for (i = 0; i < sz; ++i) {
		var ns = dstate[syms[i]]++;
		var nb = nbits[i] = al - msb(ns);
		nstate[i] = (ns << nb) - sz;
	}
	return [tpos + 7 >> 3, {
		b: al,
		s: syms,
		n: nbits,
		t: nstate
	}];
};
var rhu = function(dat, bt) {
	var i = 0, wc = -1;
	var buf = new u8(292), hb = dat[bt];
	var hw = buf.subarray(0, 256);
	var rc = buf.subarray(256, 268);
	var ri = new u16(buf.buffer, 268);
	if (hb < 128) {
		var _a = rfse(dat, bt + 1, 6), ebt = _a[0], fdt = _a[1];
		bt += hb;
		var epos = ebt << 3;
		var lb = dat[bt];
		if (!lb) err(0);
		var st1 = 0, st2 = 0, btr1 = fdt.b, btr2 = btr1;
		var fpos = (++bt << 3) - 8 + msb(lb);
		for (;;) {
			fpos -= btr1;
			if (fpos < epos) break;
			var cbt = fpos >> 3;
			st1 += (dat[cbt] | dat[cbt + 1] << 8) >> (fpos & 7) & (1 << btr1) - 1;
			hw[++wc] = fdt.s[st1];
			fpos -= btr2;
			if (fpos < epos) break;
			cbt = fpos >> 3;
			st2 += (dat[cbt] | dat[cbt + 1] << 8) >> (fpos & 7) & (1 << btr2) - 1;
			hw[++wc] = fdt.s[st2];
			btr1 = fdt.n[st1];
			st1 = fdt.t[st1];
			btr2 = fdt.n[st2];
			st2 = fdt.t[st2];
		}
		if (++wc > 255) err(0);
	} else {
		wc = hb - 127;
		for (; i < wc; i += 2) {
			var byte = dat[++bt];
			hw[i] = byte >> 4;
			hw[i + 1] = byte & 15;
		}
		++bt;
	}
	var wes = 0;
	for (i = 0; i < wc; ++i) {
		var wt = hw[i];
		if (wt > 11) err(0);
		wes += wt && 1 << wt - 1;
	}
	var mb = msb(wes) + 1;
	var ts = 1 << mb;
	var rem = ts - wes;
	if (rem & rem - 1) err(0);
	hw[wc++] = msb(rem) + 1;
	for (i = 0; i < wc; ++i) {
		var wt = hw[i];
		++rc[hw[i] = wt && mb + 1 - wt];
	}
	var hbuf = new u8(ts << 1);
	var syms = hbuf.subarray(0, ts), nb = hbuf.subarray(ts);
	ri[mb] = 0;
	for (i = mb; i > 0; --i) {
		var pv = ri[i];
		fill(nb, i, pv, ri[i - 1] = pv + rc[i] * (1 << mb - i));
	}
	if (ri[0] != ts) err(0);
	for (i = 0; i < wc; ++i) {
		var bits = hw[i];
		if (bits) {
			var code = ri[bits];
			fill(syms, i, code, ri[bits] = code + (1 << mb - bits));
		}
	}
	return [bt, {
		n: nb,
		b: mb,
		s: syms
	}];
};
var dllt = (/*#__PURE__*/ rfse(/*#__PURE__*/ new u8([
	81,
	16,
	99,
	140,
	49,
	198,
	24,
	99,
	12,
	33,
	196,
	24,
	99,
	102,
	102,
	134,
	70,
	146,
	4
]), 0, 6))[1];
var dmlt = (/*#__PURE__*/ rfse(/*#__PURE__*/ new u8([
	33,
	20,
	196,
	24,
	99,
	140,
	33,
	132,
	16,
	66,
	8,
	33,
	132,
	16,
	66,
	8,
	33,
	68,
	68,
	68,
	68,
	68,
	68,
	68,
	68,
	36,
	9
]), 0, 6))[1];
var doct = (/*#__PURE__ */ rfse(/*#__PURE__*/ new u8([
	32,
	132,
	16,
	66,
	102,
	70,
	68,
	68,
	68,
	68,
	36,
	73,
	2
]), 0, 5))[1];
var b2bl = function(b, s) {
	var len = b.length, bl = new i32(len);
	for (var i = 0; i < len; ++i) {
		bl[i] = s;
		s += 1 << b[i];
	}
	return bl;
};
var llb = /*#__PURE__ */ new u8((/*#__PURE__ */ new i32([
	0,
	0,
	0,
	0,
	16843009,
	50528770,
	134678020,
	202050057,
	269422093
])).buffer, 0, 36);
var llbl = /*#__PURE__ */ b2bl(llb, 0);
var mlb = /*#__PURE__ */ new u8((/*#__PURE__ */ new i32([
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	0,
	16843009,
	50528770,
	117769220,
	185207048,
	252579084,
	16
])).buffer, 0, 53);
var mlbl = /*#__PURE__ */ b2bl(mlb, 3);
var dhu = function(dat, out, hu) {
	var len = dat.length, ss = out.length, lb = dat[len - 1], msk = (1 << hu.b) - 1, eb = -hu.b;
	if (!lb) err(0);
	var st = 0, btr = hu.b, pos = (len << 3) - 8 + msb(lb) - btr, i = -1;
	for (; pos > eb && i < ss;) {
		var cbt = pos >> 3;
		var val = (dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (pos & 7);
		st = (st << btr | val) & msk;
		out[++i] = hu.s[st];
		pos -= btr = hu.n[st];
	}
	if (pos != eb || i + 1 != ss) err(0);
};
var dhu4 = function(dat, out, hu) {
	var bt = 6;
	var sz1 = out.length + 3 >> 2, sz2 = sz1 << 1, sz3 = sz1 + sz2;
	dhu(dat.subarray(bt, bt += dat[0] | dat[1] << 8), out.subarray(0, sz1), hu);
	dhu(dat.subarray(bt, bt += dat[2] | dat[3] << 8), out.subarray(sz1, sz2), hu);
	dhu(dat.subarray(bt, bt += dat[4] | dat[5] << 8), out.subarray(sz2, sz3), hu);
	dhu(dat.subarray(bt), out.subarray(sz3), hu);
};
var rzb = function(dat, st, out) {
	var _a;
	var bt = st.b;
	var b0 = dat[bt], btype = b0 >> 1 & 3;
	st.l = b0 & 1;
	var sz = b0 >> 3 | dat[bt + 1] << 5 | dat[bt + 2] << 13;
	var ebt = (bt += 3) + sz;
	if (btype == 1) {
		if (bt >= dat.length) return;
		st.b = bt + 1;
		if (out) {
			fill(out, dat[bt], st.y, st.y += sz);
			return out;
		}
		return fill(new u8(sz), dat[bt]);
	}
	if (ebt > dat.length) return;
	if (btype == 0) {
		st.b = ebt;
		if (out) {
			out.set(dat.subarray(bt, ebt), st.y);
			st.y += sz;
			return out;
		}
		return slc(dat, bt, ebt);
	}
	if (btype == 2) {
		var b3 = dat[bt], lbt = b3 & 3, sf = b3 >> 2 & 3;
		var lss = b3 >> 4, lcs = 0, s4 = 0;
		if (lbt < 2) {
			if (sf & 1) lss |= dat[++bt] << 4 | (sf & 2 && dat[++bt] << 12);
			else lss = b3 >> 3;
		} else {
			s4 = sf;
			if (sf < 2) lss |= (dat[++bt] & 63) << 4, lcs = dat[bt] >> 6 | dat[++bt] << 2;
			else if (sf == 2) lss |= dat[++bt] << 4 | (dat[++bt] & 3) << 12, lcs = dat[bt] >> 2 | dat[++bt] << 6;
			else lss |= dat[++bt] << 4 | (dat[++bt] & 63) << 12, lcs = dat[bt] >> 6 | dat[++bt] << 2 | dat[++bt] << 10;
		}
		++bt;
		var buf = out ? out.subarray(st.y, st.y + st.m) : new u8(st.m);
		var spl = buf.length - lss;
		if (lbt == 0) buf.set(dat.subarray(bt, bt += lss), spl);
		else if (lbt == 1) fill(buf, dat[bt++], spl);
		else {
			var hu = st.h;
			if (lbt == 2) {
				var hud = rhu(dat, bt);
				lcs += bt - (bt = hud[0]);
				st.h = hu = hud[1];
			} else if (!hu) err(0);
			(s4 ? dhu4 : dhu)(dat.subarray(bt, bt += lcs), buf.subarray(spl), hu);
		}
		var ns = dat[bt++];
		if (ns) {
			if (ns == 255) ns = (dat[bt++] | dat[bt++] << 8) + 32512;
			else if (ns > 127) ns = ns - 128 << 8 | dat[bt++];
			var scm = dat[bt++];
			if (scm & 3) err(0);
			var dts = [
				dmlt,
				doct,
				dllt
			];
			for (var i = 2; i > -1; --i) {
				var md = scm >> (i << 1) + 2 & 3;
				if (md == 1) {
					var rbuf = new u8([
						0,
						0,
						dat[bt++]
					]);
					dts[i] = {
						s: rbuf.subarray(2, 3),
						n: rbuf.subarray(0, 1),
						t: new u16(rbuf.buffer, 0, 1),
						b: 0
					};
				} else if (md == 2) _a = rfse(dat, bt, 9 - (i & 1)), bt = _a[0], dts[i] = _a[1];
				else if (md == 3) {
					if (!st.t) err(0);
					dts[i] = st.t[i];
				}
			}
			var _b = st.t = dts, mlt = _b[0], oct = _b[1], llt = _b[2];
			var lb = dat[ebt - 1];
			if (!lb) err(0);
			var spos = (ebt << 3) - 8 + msb(lb) - llt.b, cbt = spos >> 3, oubt = 0;
			var lst = (dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << llt.b) - 1;
			cbt = (spos -= oct.b) >> 3;
			var ost = (dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << oct.b) - 1;
			cbt = (spos -= mlt.b) >> 3;
			var mst = (dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << mlt.b) - 1;
			for (++ns; --ns;) {
				var llc = llt.s[lst];
				var lbtr = llt.n[lst];
				var mlc = mlt.s[mst];
				var mbtr = mlt.n[mst];
				var ofc = oct.s[ost];
				var obtr = oct.n[ost];
				cbt = (spos -= ofc) >> 3;
				var ofp = 1 << ofc;
				var off = ofp + ((dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16 | dat[cbt + 3] << 24) >>> (spos & 7) & ofp - 1);
				cbt = (spos -= mlb[mlc]) >> 3;
				var ml = mlbl[mlc] + ((dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (spos & 7) & (1 << mlb[mlc]) - 1);
				cbt = (spos -= llb[llc]) >> 3;
				var ll = llbl[llc] + ((dat[cbt] | dat[cbt + 1] << 8 | dat[cbt + 2] << 16) >> (spos & 7) & (1 << llb[llc]) - 1);
				cbt = (spos -= lbtr) >> 3;
				lst = llt.t[lst] + ((dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << lbtr) - 1);
				cbt = (spos -= mbtr) >> 3;
				mst = mlt.t[mst] + ((dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << mbtr) - 1);
				cbt = (spos -= obtr) >> 3;
				ost = oct.t[ost] + ((dat[cbt] | dat[cbt + 1] << 8) >> (spos & 7) & (1 << obtr) - 1);
				if (off > 3) {
					st.o[2] = st.o[1];
					st.o[1] = st.o[0];
					st.o[0] = off -= 3;
				} else {
					var idx = off - (ll != 0);
					if (idx) {
						off = idx == 3 ? st.o[0] - 1 : st.o[idx];
						if (idx > 1) st.o[2] = st.o[1];
						st.o[1] = st.o[0];
						st.o[0] = off;
					} else off = st.o[0];
				}
				for (var i = 0; i < ll; ++i) buf[oubt + i] = buf[spl + i];
				oubt += ll, spl += ll;
				var stin = oubt - off;
				if (stin < 0) {
					var len = -stin;
					var bs = st.e + stin;
					if (len > ml) len = ml;
					for (var i = 0; i < len; ++i) buf[oubt + i] = st.w[bs + i];
					oubt += len, ml -= len, stin = 0;
				}
				for (var i = 0; i < ml; ++i) buf[oubt + i] = buf[stin + i];
				oubt += ml;
			}
			if (oubt != spl) while (spl < buf.length) buf[oubt++] = buf[spl++];
			else oubt = buf.length;
			if (out) st.y += oubt;
			else buf = slc(buf, 0, oubt);
		} else if (out) {
			st.y += lss;
			if (spl) for (var i = 0; i < lss; ++i) buf[i] = buf[spl + i];
		} else if (spl) buf = slc(buf, spl);
		st.b = ebt;
		return buf;
	}
	err(2);
};
var cct = function(bufs, ol) {
	if (bufs.length == 1) return bufs[0];
	var buf = new u8(ol);
	for (var i = 0, b = 0; i < bufs.length; ++i) {
		var chk = bufs[i];
		buf.set(chk, b);
		b += chk.length;
	}
	return buf;
};
/**
* Decompresses Zstandard data
* @param dat The input data
* @param buf The output buffer. If unspecified, the function will allocate
*            exactly enough memory to fit the decompressed data. If your
*            data has multiple frames and you know the output size, specifying
*            it will yield better performance.
* @returns The decompressed data
*/
function decompress(dat, buf) {
	var bufs = [], nb = +!buf;
	var bt = 0, ol = 0;
	for (; dat.length;) {
		var st = rzfh(dat, nb || buf);
		if (typeof st == "object") {
			if (nb) {
				buf = null;
				if (st.w.length == st.u) {
					bufs.push(buf = st.w);
					ol += st.u;
				}
			} else {
				bufs.push(buf);
				st.e = 0;
			}
			for (; !st.l;) {
				var blk = rzb(dat, st, buf);
				if (!blk) err(5);
				if (buf) st.e = st.y;
				else {
					bufs.push(blk);
					ol += blk.length;
					cpw(st.w, 0, blk.length);
					st.w.set(blk, st.w.length - blk.length);
				}
			}
			bt = st.b + st.c * 4;
		} else bt = st;
		dat = dat.subarray(bt);
	}
	return cct(bufs, ol);
}
/**
* Decompressor for Zstandard streamed data
*/
var Decompress = /* @__PURE__ */ function() {
	/**
	* Creates a Zstandard decompressor
	* @param ondata The handler for stream data
	*/
	function Decompress(ondata) {
		this.ondata = ondata;
		this.c = [];
		this.l = 0;
		this.z = 0;
	}
	/**
	* Pushes data to be decompressed
	* @param chunk The chunk of data to push
	* @param final Whether or not this is the last chunk in the stream
	*/
	Decompress.prototype.push = function(chunk, final) {
		if (typeof this.s == "number") {
			var sub = Math.min(chunk.length, this.s);
			chunk = chunk.subarray(sub);
			this.s -= sub;
		}
		var ncs = chunk.length + this.l;
		if (!this.s) {
			if (final) {
				if (!ncs) {
					this.ondata(new u8(0), true);
					return;
				}
				if (ncs < 5) err(5);
			} else if (ncs < 18) {
				this.c.push(chunk);
				this.l = ncs;
				return;
			}
			if (this.l) {
				this.c.push(chunk);
				chunk = cct(this.c, ncs);
				this.c = [];
				this.l = 0;
			}
			if (typeof (this.s = rzfh(chunk)) == "number") return this.push(chunk, final);
		}
		if (typeof this.s != "number") {
			if (ncs < (this.z || 3)) {
				if (final) err(5);
				this.c.push(chunk);
				this.l = ncs;
				return;
			}
			if (this.l) {
				this.c.push(chunk);
				chunk = cct(this.c, ncs);
				this.c = [];
				this.l = 0;
			}
			if (!this.z && ncs < (this.z = chunk[this.s.b] & 2 ? 4 : 3 + (chunk[this.s.b] >> 3 | chunk[this.s.b + 1] << 5 | chunk[this.s.b + 2] << 13))) {
				if (final) err(5);
				this.c.push(chunk);
				this.l = ncs;
				return;
			} else this.z = 0;
			for (;;) {
				var blk = rzb(chunk, this.s);
				if (!blk) {
					if (final) err(5);
					var adc = chunk.subarray(this.s.b);
					this.s.b = 0;
					this.c.push(adc), this.l += adc.length;
					return;
				} else {
					this.ondata(blk, false);
					cpw(this.s.w, 0, blk.length);
					this.s.w.set(blk, this.s.w.length - blk.length);
				}
				if (this.s.l) {
					var rest = chunk.subarray(this.s.b);
					this.s = this.s.c * 4;
					this.push(rest, final);
					return;
				}
			}
		} else if (final) err(5);
	};
	return Decompress;
}();
// src/errors/corpus.ts
/** @file What can go wrong between a corpus spec and sequences of token ids: the text, the tokenizer, the ids. */
const corpusUnsupported = problem("CORPUS_UNSUPPORTED", 2, (spec, kind) => ({
	message: `Corpus "${spec}": ${kind} cannot be read.`,
	fix: "Give text, JSON lines, JSON, CSV or Parquet, plain or as .gz or .zst, or tokenize it and give tokens:FILE.npy."
}));
const corpusNoFiles = problem("CORPUS_NO_FILES", 2, (spec, found) => ({
	message: `Corpus "${spec}" names no file that can be read: ${found}.`,
	fix: "Check the path or pattern; files are known by their endings (.txt, .jsonl, .json, .csv, .tsv, .parquet, each also .gz or .zst)."
}));
const corpusNoRecords = problem("CORPUS_NO_RECORDS", 2, (spec, flag) => ({
	message: `Corpus "${spec}" is text without records, and ${flag} speaks of records.`,
	fix: `Leave ${flag} out, or give JSON lines, JSON, CSV, Parquet or a dataset.`
}));
const corpusBroken = problem("CORPUS_BROKEN", 2, (file, reason) => ({
	message: `${file} cannot be read: ${reason}.`,
	fix: "Fetch or write the file again; what was read of it before that place is not used either."
}));
const corpusFieldMissing = problem("CORPUS_FIELD_MISSING", 2, (file, asked, fields) => ({
	message: asked === null ? `${file}: which field of its records is the text cannot be told; they have ${listed$2(fields)}.` : `${file}: its records have no field "${asked}"; they have ${listed$2(fields)}.`,
	fix: "Name the field that holds the text: --field NAME."
}));
const corpusFieldKind = problem("CORPUS_FIELD_KIND", 2, (file, record, field, found) => ({
	message: `${file}: record ${record} has ${found} as its "${field}"; text was expected.`,
	fix: "Name a field of text with --field NAME; conversations (lists of messages) need --template."
}));
const chatMalformed = problem("CHAT_MALFORMED", 2, (file, record, reason) => ({
	message: `${file}: record ${record} is no conversation that can be written: ${reason}.`,
	fix: "With --template the field holds a list of messages, each an object with role and content (or from and value), both text."
}));
const chatTemplateMissing = problem("CHAT_TEMPLATE_MISSING", 2, (tokenizer) => ({
	message: `--template is given, but ${tokenizer} has no chat template.`,
	fix: "Use the tokenizer of a chat model (--tokenizer PATH), or name a field of plain text with --field."
}));
const chatTemplateUnusable = problem("CHAT_TEMPLATE_UNUSABLE", 2, (tokenizer, reason) => ({
	message: `The chat template of ${tokenizer} cannot be used: ${reason}.`,
	fix: "Take the tokenizer files of the model’s authors, or write the conversations as text yourself."
}));
const recordTooLarge = problem("RECORD_TOO_LARGE", 2, (file, record, limit) => ({
	message: `${file}: record ${record} has more than ${limit} bytes.`,
	fix: "Check that the file is what its ending says; in CSV a quote that is never closed makes one record of the rest."
}));
const datasetChoice = problem("DATASET_CHOICE", 2, (spec, what, asked, there) => ({
	message: asked === null ? `Corpus "${spec}" has several ${what}s, and none is named: ${listed$2(there)}.` : `Corpus "${spec}" has no ${what} "${asked}": it has ${listed$2(there)}.`,
	fix: "Write hf:datasets/owner/name:CONFIG/SPLIT (NAME:SPLIT for wikitext-2 and other names)."
}));
const MOST_LISTED = 20;
function listed$2(names) {
	const shown = names.slice(0, MOST_LISTED).map((name) => name.slice(0, 80));
	const more = names.length > MOST_LISTED ? ` and ${names.length - MOST_LISTED} more` : "";
	return names.length === 0 ? "none" : `${shown.join(", ")}${more}`;
}
const corpusPathMissing = problem("CORPUS_PATH_MISSING", 2, (spec) => ({
	message: `Corpus "${spec}" names no file: a path must follow "${spec}".`,
	fix: "Name the .npy file that holds the token ids, for example tokens:./ids.npy."
}));
const corpusTooLarge = problem("CORPUS_TOO_LARGE", 2, (path, bytes, limit) => ({
	message: bytes === null ? `${path} has more than ${limit} bytes of text, the most that is read.` : `${path} has ${bytes} bytes; a text corpus may have ${limit}.`,
	fix: "Give a token budget (--tokens), cut the text to what the audit needs (200,000 tokens are about 1 MB), or give token ids as tokens:FILE.npy."
}));
const corpusNotUtf8 = problem("CORPUS_NOT_UTF8", 2, (path, offset, byte) => ({
	message: `${path} is not UTF-8 text: byte ${offset} (0x${byte.toString(16).padStart(2, "0")}) starts no valid character.`,
	fix: "Convert the file to UTF-8, for example: iconv -f LATIN1 -t UTF-8 in.txt > out.txt"
}));
const corpusUtf16 = problem("CORPUS_UTF16", 2, (path, sign) => ({
	message: `${path} is UTF-16 text, not UTF-8: ${sign}.`,
	fix: "Convert the file to UTF-8, for example: iconv -f UTF-16 -t UTF-8 in.txt > out.txt"
}));
const corpusLfsPointer = problem("CORPUS_LFS_POINTER", 2, (path) => ({
	message: `${path} is a Git LFS pointer, not the text: the file itself was not fetched.`,
	fix: "Fetch it: git lfs pull (in a workflow: actions/checkout with lfs: true)."
}));
const corpusEmpty = problem("CORPUS_EMPTY", 2, (spec, kind) => ({
	message: `Corpus "${spec}" has no tokens.`,
	fix: `Check the path and the content of the file${kind === "text" ? "; with lines: nonempty or paper, blank lines do not count" : ""}.`
}));
const corpusTooShort = problem("CORPUS_TOO_SHORT", 2, (spec, available, needed, budget) => ({
	message: `Corpus "${spec}" gives ${available} tokens${budget === available ? " (the token budget)" : ""}; one sequence needs ${needed}.`,
	fix: `Use a longer text${budget === null ? "" : ", raise --tokens"}, or lower --block-length.`
}));
const blockTooLong = problem("BLOCK_TOO_LONG", 2, (length, maxPositions) => ({
	message: `A sequence of ${length} positions is longer than the model's ${maxPositions}.`,
	fix: `Use --block-length ${maxPositions} or less.`
}));
const blockTooShort = problem("BLOCK_TOO_SHORT", 2, (length) => ({
	message: `A sequence of ${length} positions leaves nothing to predict; the least is 2.`,
	fix: "Raise --block-length."
}));
const tokenOutOfVocabulary = problem("TOKEN_OUT_OF_VOCABULARY", 2, (where, id, index, vocabulary) => ({
	message: `${where}: token id ${id} at index ${index} is not in the model's vocabulary (0 to ${vocabulary - 1}).`,
	fix: "Use the tokenizer and the token ids of this model."
}));
const tokenizerBeyondModel = problem("TOKENIZER_BEYOND_MODEL", 2, (tokenizer, id, vocabulary) => ({
	message: `${tokenizer} gives token id ${id}, which is not in the model's vocabulary (0 to ${vocabulary - 1}): it is the tokenizer of another model.`,
	fix: "Name the tokenizer.json that the model was trained with: --tokenizer PATH."
}));
const tokensMalformed = problem("TOKENS_MALFORMED", 2, (path, reason) => ({
	message: `${path} does not hold token ids: ${reason}.`,
	fix: "Save integers, as one stream (n) or as sequences (sequences, length): numpy.save(\"ids.npy\", ids.astype(\"int32\"))."
}));
const tokensRowLength = problem("TOKENS_ROW_LENGTH", 2, (path, row, blockLength, bos) => ({
	message: `${path} has rows of ${row} tokens${bos ? ", with the prepended BOS " : ", "}${row + Number(bos)} positions; sequences are to have ${blockLength}.`,
	fix: `Use --block-length ${row + Number(bos)}.`
}));
const tokenizerNeeded = problem("TOKENIZER_NEEDED", 2, (spec) => ({
	message: `Corpus "${spec}" is text, but the reference has neither tokenizer.json nor tokenizer.model.`,
	fix: "Name one with --tokenizer PATH, or give token ids as tokens:FILE.npy."
}));
const tokenizerUnsupported = problem("TOKENIZER_UNSUPPORTED", 2, (file, reason) => ({
	message: `${file} cannot be used: ${reason}.`,
	fix: "Save it again with a fast tokenizer (tokenizer.save_pretrained), or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenizerTooSlow = problem("TOKENIZER_TOO_SLOW", 2, (file, step, characters, seconds) => ({
	message: `${file} cannot be used: ${step} did not come to an end within ${seconds.toFixed(0)} s on ${characters} characters of text.`,
	fix: "A regular expression may run for ever: take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenizerGrows = problem("TOKENIZER_GROWS", 2, (file, step, characters) => ({
	message: `${file} cannot be used: ${step} makes many times as much text of what it is given (${characters} characters).`,
	fix: "Take the tokenizer.json of the model’s authors, or tokenize elsewhere and give tokens:FILE.npy."
}));
const tokenUnknown = problem("TOKEN_UNKNOWN", 2, (file, token) => ({
	message: `${file}: the text has "${token}", which the tokenizer has no id for, not even an unknown-token id.`,
	fix: "Check that tokenizer.json is complete."
}));
const bosMissing = problem("BOS_MISSING", 2, (spec) => ({
	message: `bos is "always", but no beginning-of-sequence token is known for corpus "${spec}".`,
	fix: "Set bos_token in tokenizer_config.json, or use --bos never (or auto)."
}));
// src/corpus/records/zstd-frames.ts
/**
* @file The frames of a Zstandard stream (RFC 8878) watched as its bytes go by, before they are unpacked: what each asks for
* at once is bounded, and so is the work of blocks that hold next to nothing, for each moves a whole window.
*/
/** What `zstd` asks for without --ultra or --long, and what the RFC wants every reader to bear. */
const STREAM_WINDOW = 2 ** 23;
/** Blocks that may be as small as they like, and what each further one has to hold on average. Bytes. */
const FREE_BLOCKS = 4096;
const LEAST_PER_BLOCK = 128;
const MAGIC = 4247762216;
/** Of frames that are skipped: sixteen of them. */
const SKIPPED = 407710288;
var ZstdFrames = class {
	#mostWindow;
	#state = "magic";
	#wanted = 4;
	/** Bytes of a block, a checksum or a skipped frame that are still to come. */
	#skip = 0;
	#collected = [];
	#descriptor = 0;
	#blocks = 0;
	constructor(mostWindow) {
		this.#mostWindow = mostWindow;
	}
	/** `unpacked`: bytes made so far. Errors: of plain words, where a frame asks for too much. */
	watch(bytes, unpacked) {
		for (let at = 0; at < bytes.byteLength;) {
			if (this.#skip > 0) {
				const step = Math.min(this.#skip, bytes.byteLength - at);
				this.#skip -= step;
				at += step;
				continue;
			}
			this.#collected.push(bytes[at++]);
			if (this.#collected.length < this.#wanted) continue;
			const field = this.#collected;
			this.#collected = [];
			this.#field(field);
		}
		if (this.#blocks > FREE_BLOCKS + unpacked / LEAST_PER_BLOCK) throw new Error(`its ${this.#blocks} blocks hold less than ${LEAST_PER_BLOCK} bytes each`);
	}
	#field(field) {
		switch (this.#state) {
			case "magic": {
				const magic = littleEndian(field);
				const isSkipped = magic >= SKIPPED && magic < 407710304;
				if (magic !== MAGIC && !isSkipped) throw new Error("it has no frame where one begins");
				this.#next(isSkipped ? "skipped size" : "descriptor", isSkipped ? 4 : 1);
				break;
			}
			case "skipped size":
				this.#skip = littleEndian(field);
				this.#next("magic", 4);
				break;
			case "descriptor":
				this.#descriptor = field[0] ?? 0;
				this.#next("header", this.#windowBytes() + this.#dictionaryBytes() + this.#sizeBytes());
				break;
			case "header":
				this.#requireWindow(field);
				this.#next("block", 3);
				break;
			case "block": this.#block(littleEndian(field));
		}
	}
	#block(header) {
		this.#blocks++;
		const [isLast, isRepeated] = [(header & 1) === 1, (header >> 1 & 3) === 1];
		this.#skip = isRepeated ? 1 : header >> 3;
		if (!isLast) return;
		if ((this.#descriptor & 4) !== 0) this.#skip += 4;
		this.#next("magic", 4);
	}
	#next(state, wanted) {
		this.#state = state;
		this.#wanted = wanted;
	}
	/** 0: a frame of one segment, whose window is its content. */
	#windowBytes() {
		return (this.#descriptor & 32) === 0 ? 1 : 0;
	}
	#dictionaryBytes() {
		return [
			0,
			1,
			2,
			4
		][this.#descriptor & 3] ?? 0;
	}
	#sizeBytes() {
		return [
			this.#windowBytes() === 0 ? 1 : 0,
			2,
			4,
			8
		][this.#descriptor >> 6] ?? 0;
	}
	#requireWindow(header) {
		const [window = 0] = header;
		const asked = this.#windowBytes() === 1 ? 2 ** (10 + (window >> 3)) * (1 + (window & 7) / 8) : littleEndian(header.slice(this.#dictionaryBytes())) + (this.#sizeBytes() === 2 ? 256 : 0);
		if (asked > this.#mostWindow) throw new Error(`it asks for a window of ${asked} bytes, and ${this.#mostWindow} is the most: pack it without --ultra and --long, or unpack it`);
	}
};
function littleEndian(bytes) {
	return bytes.reduce((value, byte, i) => value + byte * 2 ** (8 * i), 0);
}
// src/corpus/records/bytes.ts
/**
* @file The bytes of a file in order, unpacked on the way: a piece at a time, so that who stops early has read no more than that.
*
* gzip by node:zlib, Zstandard by fzstd, whose frames are watched (zstd-frames.ts). Left out: the checksum at the end of
* a Zstandard frame, which fzstd does not verify.
*/
const PIECE_BYTES = 2 ** 20;
/** Errors: CORPUS_BROKEN where the packing is damaged, those of reading. */
async function* unpackedBytes(source, packing) {
	try {
		if (packing === "gzip") yield* gunzipped(source);
		else if (packing === "zstd") yield* unzstd(source);
		else yield* pieces(source);
	} catch (error) {
		if (packing === null || error instanceof SaegateError) throw error;
		const reason = error instanceof Error ? error.message.slice(0, 200) : "broken";
		throw corpusBroken(source.name, `it is no whole ${packing} file (${reason})`);
	}
}
async function* pieces(source) {
	for (let start = 0; start < source.byteLength; start += PIECE_BYTES) yield await source.read(start, Math.min(start + PIECE_BYTES, source.byteLength));
}
async function* gunzipped(source) {
	if (source.byteLength === 0) throw new Error("it is empty");
	const packed = Readable.from(pieces(source));
	const gunzip = createGunzip({ chunkSize: 2 ** 16 });
	packed.on("error", (error) => gunzip.destroy(error));
	packed.pipe(gunzip);
	try {
		for await (const chunk of gunzip) yield chunk;
	} finally {
		packed.destroy();
		gunzip.destroy();
	}
}
async function* unzstd(source) {
	const frames = new ZstdFrames(STREAM_WINDOW);
	const made = [];
	let unpacked = 0;
	const stream = new Decompress((chunk) => {
		unpacked += chunk.byteLength;
		made.push(chunk.slice());
	});
	for await (const piece of pieces(source)) for (let at = 0; at < piece.byteLength; at += SIP_BYTES) {
		const sip = piece.slice(at, at + SIP_BYTES);
		frames.watch(sip, unpacked);
		stream.push(sip);
		yield* made.splice(0);
	}
	stream.push(/* @__PURE__ */ new Uint8Array(0), true);
	yield* made.splice(0);
}
const SIP_BYTES = 4096;
// node_modules/csv-parse/lib/utils/is_object.js
const is_object = function(obj) {
	return typeof obj === "object" && obj !== null && !Array.isArray(obj);
};
// node_modules/csv-parse/lib/api/CsvError.js
var CsvError = class CsvError extends Error {
	constructor(code, message, options, ...contexts) {
		if (Array.isArray(message)) message = message.join(" ").trim();
		super(message);
		if (Error.captureStackTrace !== void 0) Error.captureStackTrace(this, CsvError);
		this.code = code;
		for (const context of contexts) for (const key in context) {
			const value = context[key];
			this[key] = Buffer.isBuffer(value) ? value.toString(options.encoding) : value == null ? value : JSON.parse(JSON.stringify(value));
		}
	}
};
// node_modules/csv-parse/lib/api/normalize_columns_array.js
const normalize_columns_array = function(columns) {
	const normalizedColumns = [];
	for (let i = 0, l = columns.length; i < l; i++) {
		const column = columns[i];
		if (column === void 0 || column === null || column === false) normalizedColumns[i] = { disabled: true };
		else if (typeof column === "string" || typeof column === "number") normalizedColumns[i] = { name: `${column}` };
		else if (is_object(column)) {
			if (typeof column.name !== "string") throw new CsvError("CSV_OPTION_COLUMNS_MISSING_NAME", [
				"Option columns missing name:",
				`property "name" is required at position ${i}`,
				"when column is an object literal"
			]);
			normalizedColumns[i] = column;
		} else throw new CsvError("CSV_INVALID_COLUMN_DEFINITION", [
			"Invalid column definition:",
			"expect a string or a literal object,",
			`got ${JSON.stringify(column)} at position ${i}`
		]);
	}
	return normalizedColumns;
};
// node_modules/csv-parse/lib/utils/ResizeableBuffer.js
var ResizeableBuffer = class {
	constructor(size = 100) {
		this.size = size;
		this.length = 0;
		this.buf = Buffer.allocUnsafe(size);
	}
	prepend(val) {
		if (Buffer.isBuffer(val)) {
			const length = this.length + val.length;
			if (length >= this.size) {
				this.resize();
				if (length >= this.size) throw Error("INVALID_BUFFER_STATE");
			}
			const buf = this.buf;
			this.buf = Buffer.allocUnsafe(this.size);
			val.copy(this.buf, 0);
			buf.copy(this.buf, val.length);
			this.length += val.length;
		} else {
			const length = this.length++;
			if (length === this.size) this.resize();
			const buf = this.clone();
			this.buf[0] = val;
			buf.copy(this.buf, 1, 0, length);
		}
	}
	append(val) {
		const length = this.length++;
		if (length === this.size) this.resize();
		this.buf[length] = val;
	}
	clone() {
		return Buffer.from(this.buf.slice(0, this.length));
	}
	resize() {
		const length = this.length;
		this.size = this.size * 2;
		const buf = Buffer.allocUnsafe(this.size);
		this.buf.copy(buf, 0, 0, length);
		this.buf = buf;
	}
	toString(encoding) {
		if (encoding) return this.buf.toString(encoding, 0, this.length);
		else return Uint8Array.prototype.slice.call(this.buf.slice(0, this.length));
	}
	toJSON() {
		return this.toString("utf8");
	}
	reset() {
		this.length = 0;
	}
};
// node_modules/csv-parse/lib/api/init_state.js
const init_state = function(options) {
	const timchars = [
		32,
		9,
		10,
		13,
		12,
		11,
		160,
		5760,
		8192,
		8193,
		8194,
		8195,
		8196,
		8197,
		8198,
		8199,
		8200,
		8201,
		8202,
		8232,
		8233,
		8239,
		8287,
		12288,
		65279
	].reduce((acc, codepoint) => {
		const encoded = Buffer.from(String.fromCharCode(codepoint), options.encoding);
		if (codepoint !== 63 && encoded.length === 1 && encoded[0] === 63) return acc;
		acc.push(encoded);
		return acc;
	}, []);
	const timcharFirstBytes = /* @__PURE__ */ new Uint8Array(256);
	for (const t of timchars) timcharFirstBytes[t[0]] = 1;
	return {
		bomSkipped: false,
		bufBytesStart: 0,
		castField: options.cast_function,
		commenting: false,
		delimiterBufPrevious: void 0,
		delimiterDiscovered: false,
		error: void 0,
		enabled: options.from_line === 1,
		escaping: false,
		escapeIsQuote: Buffer.isBuffer(options.escape) && Buffer.isBuffer(options.quote) && Buffer.compare(options.escape, options.quote) === 0,
		expectedRecordLength: Array.isArray(options.columns) ? options.columns.length : void 0,
		field: new ResizeableBuffer(20),
		firstLineToHeaders: options.cast_first_line_to_header,
		needMoreDataSize: Math.max(options.comment !== null ? options.comment.length : 0, ...options.delimiter ? options.delimiter.map((delimiter) => delimiter.length) : [], options.delimiter_auto ? 1 : 0, options.quote !== null ? options.quote.length : 0, ...timchars.map((t) => t.length)),
		previousBuf: void 0,
		quoting: false,
		stop: false,
		rawBuffer: new ResizeableBuffer(100),
		record: [],
		recordHasError: false,
		record_length: 0,
		recordDelimiterMaxLength: options.record_delimiter.length === 0 ? 0 : Math.max(...options.record_delimiter.map((v) => v.length)),
		trimChars: [Buffer.from(" ", options.encoding)[0], Buffer.from("	", options.encoding)[0]],
		wasQuoting: false,
		wasRowDelimiter: false,
		timchars,
		timcharFirstBytes
	};
};
// node_modules/csv-parse/lib/utils/underscore.js
const underscore = function(str) {
	return str.replace(/([A-Z])/g, function(_, match) {
		return "_" + match.toLowerCase();
	});
};
// node_modules/csv-parse/lib/api/normalize_options.js
const normalize_options = function(opts) {
	const options = {};
	for (const opt in opts) options[underscore(opt)] = opts[opt];
	if (options.encoding === void 0 || options.encoding === true) options.encoding = "utf8";
	else if (options.encoding === null || options.encoding === false) options.encoding = null;
	else if (typeof options.encoding !== "string" && options.encoding !== null) throw new CsvError("CSV_INVALID_OPTION_ENCODING", [
		"Invalid option encoding:",
		"encoding must be a string or null to return a buffer,",
		`got ${JSON.stringify(options.encoding)}`
	], options);
	if (options.bom === void 0 || options.bom === null || options.bom === false) options.bom = false;
	else if (options.bom !== true) throw new CsvError("CSV_INVALID_OPTION_BOM", [
		"Invalid option bom:",
		"bom must be true,",
		`got ${JSON.stringify(options.bom)}`
	], options);
	options.cast_function = null;
	if (options.cast === void 0 || options.cast === null || options.cast === false || options.cast === "") options.cast = void 0;
	else if (typeof options.cast === "function") {
		options.cast_function = options.cast;
		options.cast = true;
	} else if (options.cast !== true) throw new CsvError("CSV_INVALID_OPTION_CAST", [
		"Invalid option cast:",
		"cast must be true or a function,",
		`got ${JSON.stringify(options.cast)}`
	], options);
	if (options.cast_date === void 0 || options.cast_date === null || options.cast_date === false || options.cast_date === "") options.cast_date = false;
	else if (options.cast_date === true) options.cast_date = function(value) {
		const date = Date.parse(value);
		return !isNaN(date) ? new Date(date) : value;
	};
	else if (typeof options.cast_date !== "function") throw new CsvError("CSV_INVALID_OPTION_CAST_DATE", [
		"Invalid option cast_date:",
		"cast_date must be true or a function,",
		`got ${JSON.stringify(options.cast_date)}`
	], options);
	options.cast_first_line_to_header = void 0;
	if (options.columns === true) options.cast_first_line_to_header = void 0;
	else if (typeof options.columns === "function") {
		options.cast_first_line_to_header = options.columns;
		options.columns = true;
	} else if (Array.isArray(options.columns)) options.columns = normalize_columns_array(options.columns);
	else if (options.columns === void 0 || options.columns === null || options.columns === false) options.columns = false;
	else throw new CsvError("CSV_INVALID_OPTION_COLUMNS", [
		"Invalid option columns:",
		"expect an array, a function or true,",
		`got ${JSON.stringify(options.columns)}`
	], options);
	if (options.group_columns_by_name === void 0 || options.group_columns_by_name === null || options.group_columns_by_name === false) options.group_columns_by_name = false;
	else if (options.group_columns_by_name !== true) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", [
		"Invalid option group_columns_by_name:",
		"expect an boolean,",
		`got ${JSON.stringify(options.group_columns_by_name)}`
	], options);
	else if (options.columns === false) throw new CsvError("CSV_INVALID_OPTION_GROUP_COLUMNS_BY_NAME", ["Invalid option group_columns_by_name:", "the `columns` mode must be activated."], options);
	if (options.comment === void 0 || options.comment === null || options.comment === false || options.comment === "") options.comment = null;
	else {
		if (typeof options.comment === "string") options.comment = Buffer.from(options.comment, options.encoding);
		if (!Buffer.isBuffer(options.comment)) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
			"Invalid option comment:",
			"comment must be a buffer or a string,",
			`got ${JSON.stringify(options.comment)}`
		], options);
	}
	if (options.comment_no_infix === void 0 || options.comment_no_infix === null || options.comment_no_infix === false) options.comment_no_infix = false;
	else if (options.comment_no_infix !== true) throw new CsvError("CSV_INVALID_OPTION_COMMENT", [
		"Invalid option comment_no_infix:",
		"value must be a boolean,",
		`got ${JSON.stringify(options.comment_no_infix)}`
	], options);
	if (options.delimiter_auto === void 0 || options.delimiter_auto === null || options.delimiter_auto === false) options.delimiter_auto = false;
	else if (options.delimiter_auto === true) options.delimiter_auto = {};
	else if (!is_object(options.delimiter_auto)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
		"Invalid option delimiter_auto:",
		"delimiter_auto must be a boolean or a configuration object,",
		`got ${JSON.stringify(options.delimiter_auto)}`
	], options);
	if (options.delimiter_auto) {
		if (options.delimiter_auto.preferred === void 0) options.delimiter_auto.preferred = {
			[",".charCodeAt(0)]: 1.8,
			["	".charCodeAt(0)]: 1.8,
			[";".charCodeAt(0)]: 1.6,
			[" ".charCodeAt(0)]: 1.6,
			[":".charCodeAt(0)]: 1.5,
			[".".charCodeAt(0)]: 1.4,
			["/".charCodeAt(0)]: 1.4
		};
		else if (!is_object(options.delimiter_auto.preferred)) throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"preferred must be an object,",
			`got ${JSON.stringify(options.delimiter_auto.preferred)}`
		], options);
		if (options.delimiter_auto.score === void 0) options.delimiter_auto.score = (info, options) => {
			return (info.total - info.std) * (options.preferred[info.char_code] || 1);
		};
		else if (typeof options.delimiter_auto.score !== "function") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"score must be a function,",
			`got ${JSON.stringify(options.delimiter_auto.score)}`
		], options);
		if (options.delimiter_auto.size === void 0) options.delimiter_auto.size = 2048;
		else if (typeof options.delimiter_auto.size !== "number") throw new CsvError("CSV_INVALID_OPTION_DELIMITER_AUTO", [
			"Invalid option delimiter_auto:",
			"size must be a number,",
			`got ${JSON.stringify(options.delimiter_auto.size)}`
		], options);
	}
	const delimiter_json = JSON.stringify(options.delimiter);
	if (options.delimiter_auto !== false) options.delimiter = [];
	if (!Array.isArray(options.delimiter)) {
		if (options.delimiter === void 0 || options.delimiter === null || options.delimiter === false) options.delimiter = Buffer.from(",", options.encoding);
		options.delimiter = [options.delimiter];
	}
	options.delimiter = options.delimiter.map(function(delimiter) {
		if (typeof delimiter === "string") delimiter = Buffer.from(delimiter, options.encoding);
		if (!Buffer.isBuffer(delimiter) || delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_DELIMITER", [
			"Invalid option delimiter:",
			"delimiter must be a non empty string or buffer or array of string|buffer,",
			`got ${delimiter_json}`
		], options);
		return delimiter;
	});
	if (options.escape === void 0 || options.escape === true) options.escape = Buffer.from("\"", options.encoding);
	else if (typeof options.escape === "string") options.escape = Buffer.from(options.escape, options.encoding);
	else if (options.escape === null || options.escape === false) options.escape = null;
	if (options.escape !== null) {
		if (!Buffer.isBuffer(options.escape)) throw new Error(`Invalid Option: escape must be a buffer, a string or a boolean, got ${JSON.stringify(options.escape)}`);
	}
	if (options.from === void 0 || options.from === null) options.from = 1;
	else {
		if (typeof options.from === "string" && /\d+/.test(options.from)) options.from = parseInt(options.from);
		if (Number.isInteger(options.from)) {
			if (options.from < 0) throw new Error(`Invalid Option: from must be a positive integer, got ${JSON.stringify(opts.from)}`);
		} else throw new Error(`Invalid Option: from must be an integer, got ${JSON.stringify(options.from)}`);
	}
	if (options.from_line === void 0 || options.from_line === null) options.from_line = 1;
	else {
		if (typeof options.from_line === "string" && /\d+/.test(options.from_line)) options.from_line = parseInt(options.from_line);
		if (Number.isInteger(options.from_line)) {
			if (options.from_line <= 0) throw new Error(`Invalid Option: from_line must be a positive integer greater than 0, got ${JSON.stringify(opts.from_line)}`);
		} else throw new Error(`Invalid Option: from_line must be an integer, got ${JSON.stringify(opts.from_line)}`);
	}
	if (options.ignore_last_delimiters === void 0 || options.ignore_last_delimiters === null) options.ignore_last_delimiters = false;
	else if (typeof options.ignore_last_delimiters === "number") {
		options.ignore_last_delimiters = Math.floor(options.ignore_last_delimiters);
		if (options.ignore_last_delimiters === 0) options.ignore_last_delimiters = false;
	} else if (typeof options.ignore_last_delimiters !== "boolean") throw new CsvError("CSV_INVALID_OPTION_IGNORE_LAST_DELIMITERS", [
		"Invalid option `ignore_last_delimiters`:",
		"the value must be a boolean value or an integer,",
		`got ${JSON.stringify(options.ignore_last_delimiters)}`
	], options);
	if (options.ignore_last_delimiters === true && options.columns === false) throw new CsvError("CSV_IGNORE_LAST_DELIMITERS_REQUIRES_COLUMNS", ["The option `ignore_last_delimiters`", "requires the activation of the `columns` option"], options);
	if (options.info === void 0 || options.info === null || options.info === false) options.info = false;
	else if (options.info !== true) throw new Error(`Invalid Option: info must be true, got ${JSON.stringify(options.info)}`);
	if (options.max_record_size === void 0 || options.max_record_size === null || options.max_record_size === false) options.max_record_size = 0;
	else if (Number.isInteger(options.max_record_size) && options.max_record_size >= 0) {} else if (typeof options.max_record_size === "string" && /\d+/.test(options.max_record_size)) options.max_record_size = parseInt(options.max_record_size);
	else throw new Error(`Invalid Option: max_record_size must be a positive integer, got ${JSON.stringify(options.max_record_size)}`);
	if (options.objname === void 0 || options.objname === null || options.objname === false) options.objname = void 0;
	else if (Buffer.isBuffer(options.objname)) {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty buffer`);
		if (options.encoding === null) {} else options.objname = options.objname.toString(options.encoding);
	} else if (typeof options.objname === "string") {
		if (options.objname.length === 0) throw new Error(`Invalid Option: objname must be a non empty string`);
	} else if (typeof options.objname === "number") {} else throw new Error(`Invalid Option: objname must be a string or a buffer, got ${options.objname}`);
	if (options.objname !== void 0) {
		if (typeof options.objname === "number") {
			if (options.columns !== false) throw Error("Invalid Option: objname index cannot be combined with columns or be defined as a field");
		} else if (options.columns === false) throw Error("Invalid Option: objname field must be combined with columns or be defined as an index");
	}
	if (options.on_record === void 0 || options.on_record === null) options.on_record = void 0;
	else if (typeof options.on_record !== "function") throw new CsvError("CSV_INVALID_OPTION_ON_RECORD", [
		"Invalid option `on_record`:",
		"expect a function,",
		`got ${JSON.stringify(options.on_record)}`
	], options);
	if (options.on_skip !== void 0 && options.on_skip !== null && typeof options.on_skip !== "function") throw new Error(`Invalid Option: on_skip must be a function, got ${JSON.stringify(options.on_skip)}`);
	if (options.quote === null || options.quote === false || options.quote === "") options.quote = null;
	else {
		if (options.quote === void 0 || options.quote === true) options.quote = Buffer.from("\"", options.encoding);
		else if (typeof options.quote === "string") options.quote = Buffer.from(options.quote, options.encoding);
		if (!Buffer.isBuffer(options.quote)) throw new Error(`Invalid Option: quote must be a buffer or a string, got ${JSON.stringify(options.quote)}`);
	}
	if (options.raw === void 0 || options.raw === null || options.raw === false) options.raw = false;
	else if (options.raw !== true) throw new Error(`Invalid Option: raw must be true, got ${JSON.stringify(options.raw)}`);
	if (options.record_delimiter === void 0) options.record_delimiter = [];
	else if (typeof options.record_delimiter === "string" || Buffer.isBuffer(options.record_delimiter)) {
		if (options.record_delimiter.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer,",
			`got ${JSON.stringify(options.record_delimiter)}`
		], options);
		options.record_delimiter = [options.record_delimiter];
	} else if (!Array.isArray(options.record_delimiter)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
		"Invalid option `record_delimiter`:",
		"value must be a string, a buffer or array of string|buffer,",
		`got ${JSON.stringify(options.record_delimiter)}`
	], options);
	options.record_delimiter = options.record_delimiter.map(function(rd, i) {
		if (typeof rd !== "string" && !Buffer.isBuffer(rd)) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a string, a buffer or array of string|buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		else if (rd.length === 0) throw new CsvError("CSV_INVALID_OPTION_RECORD_DELIMITER", [
			"Invalid option `record_delimiter`:",
			"value must be a non empty string or buffer",
			`at index ${i},`,
			`got ${JSON.stringify(rd)}`
		], options);
		if (typeof rd === "string") rd = Buffer.from(rd, options.encoding);
		return rd;
	});
	if (typeof options.relax_column_count === "boolean") {} else if (options.relax_column_count === void 0 || options.relax_column_count === null) options.relax_column_count = false;
	else throw new Error(`Invalid Option: relax_column_count must be a boolean, got ${JSON.stringify(options.relax_column_count)}`);
	if (typeof options.relax_column_count_less === "boolean") {} else if (options.relax_column_count_less === void 0 || options.relax_column_count_less === null) options.relax_column_count_less = false;
	else throw new Error(`Invalid Option: relax_column_count_less must be a boolean, got ${JSON.stringify(options.relax_column_count_less)}`);
	if (typeof options.relax_column_count_more === "boolean") {} else if (options.relax_column_count_more === void 0 || options.relax_column_count_more === null) options.relax_column_count_more = false;
	else throw new Error(`Invalid Option: relax_column_count_more must be a boolean, got ${JSON.stringify(options.relax_column_count_more)}`);
	if (typeof options.relax_quotes === "boolean") {} else if (options.relax_quotes === void 0 || options.relax_quotes === null) options.relax_quotes = false;
	else throw new Error(`Invalid Option: relax_quotes must be a boolean, got ${JSON.stringify(options.relax_quotes)}`);
	if (typeof options.skip_empty_lines === "boolean") {} else if (options.skip_empty_lines === void 0 || options.skip_empty_lines === null) options.skip_empty_lines = false;
	else throw new Error(`Invalid Option: skip_empty_lines must be a boolean, got ${JSON.stringify(options.skip_empty_lines)}`);
	if (typeof options.skip_records_with_empty_values === "boolean") {} else if (options.skip_records_with_empty_values === void 0 || options.skip_records_with_empty_values === null) options.skip_records_with_empty_values = false;
	else throw new Error(`Invalid Option: skip_records_with_empty_values must be a boolean, got ${JSON.stringify(options.skip_records_with_empty_values)}`);
	if (typeof options.skip_records_with_error === "boolean") {} else if (options.skip_records_with_error === void 0 || options.skip_records_with_error === null) options.skip_records_with_error = false;
	else throw new Error(`Invalid Option: skip_records_with_error must be a boolean, got ${JSON.stringify(options.skip_records_with_error)}`);
	if (options.rtrim === void 0 || options.rtrim === null || options.rtrim === false) options.rtrim = false;
	else if (options.rtrim !== true) throw new Error(`Invalid Option: rtrim must be a boolean, got ${JSON.stringify(options.rtrim)}`);
	if (options.ltrim === void 0 || options.ltrim === null || options.ltrim === false) options.ltrim = false;
	else if (options.ltrim !== true) throw new Error(`Invalid Option: ltrim must be a boolean, got ${JSON.stringify(options.ltrim)}`);
	if (options.trim === void 0 || options.trim === null || options.trim === false) options.trim = false;
	else if (options.trim !== true) throw new Error(`Invalid Option: trim must be a boolean, got ${JSON.stringify(options.trim)}`);
	if (options.trim === true && opts.ltrim !== false) options.ltrim = true;
	else if (options.ltrim !== true) options.ltrim = false;
	if (options.trim === true && opts.rtrim !== false) options.rtrim = true;
	else if (options.rtrim !== true) options.rtrim = false;
	if (options.to === void 0 || options.to === null) options.to = -1;
	else if (options.to !== -1) {
		if (typeof options.to === "string" && /\d+/.test(options.to)) options.to = parseInt(options.to);
		if (Number.isInteger(options.to)) {
			if (options.to <= 0) throw new Error(`Invalid Option: to must be a positive integer greater than 0, got ${JSON.stringify(opts.to)}`);
		} else throw new Error(`Invalid Option: to must be an integer, got ${JSON.stringify(opts.to)}`);
	}
	if (options.to_line === void 0 || options.to_line === null) options.to_line = -1;
	else if (options.to_line !== -1) {
		if (typeof options.to_line === "string" && /\d+/.test(options.to_line)) options.to_line = parseInt(options.to_line);
		if (Number.isInteger(options.to_line)) {
			if (options.to_line <= 0) throw new Error(`Invalid Option: to_line must be a positive integer greater than 0, got ${JSON.stringify(opts.to_line)}`);
		} else throw new Error(`Invalid Option: to_line must be an integer, got ${JSON.stringify(opts.to_line)}`);
	}
	return options;
};
// node_modules/csv-parse/lib/utils/delimiter_discover.js
const delimiter_discover = function(records, options) {
	if (!options) ({delimiter_auto: options} = normalize_options({ delimiter_auto: true }));
	if (typeof records === "string") records = Buffer.from(records);
	if (Buffer.isBuffer(records)) records = ((data) => {
		const records = [];
		const parser = transform({ delimiter: [] });
		const push = (record) => records.push(record);
		const close = () => {};
		const error = parser.parse(data, true, push, close);
		if (error !== void 0) throw error;
		return records;
	})(records);
	const info = Array(127).fill().map(() => ({ lines: [] }));
	records.map(([record], line) => {
		for (let i = 0, l = record.length; i < l; i++) {
			const code = record.charCodeAt(i);
			if (info[code].lines[line] === void 0) info[code].lines[line] = 0;
			info[code].lines[line]++;
		}
	});
	info.map((info, i) => {
		info.char_code = i;
		info.std = std(info.lines);
		info.total = info.lines.reduce((acc, val) => acc + val, 0);
		info.preferred = !!options.preferred[i];
		info.score = options.score(info, options);
	});
	const result = info.reduce((acc, info) => acc.score > info.score ? acc : info, {});
	return String.fromCharCode(result.char_code);
};
const std = function(array) {
	const n = array.length;
	if (n === 0) return 0;
	const mean = array.reduce((a, b) => a + b) / n;
	return Math.sqrt(array.map((x) => Math.pow(x - mean, 2)).reduce((a, b) => a + b) / n);
};
// node_modules/csv-parse/lib/api/index.js
const isRecordEmpty = function(record) {
	return record.every((field) => field == null || field.toString && field.toString().trim() === "");
};
const cr = 13;
const nl = 10;
const boms = {
	utf8: Buffer.from([
		239,
		187,
		191
	]),
	utf16le: Buffer.from([255, 254])
};
const transform = function(original_options = {}) {
	const info = {
		bytes: 0,
		bytes_records: 0,
		comment_lines: 0,
		empty_lines: 0,
		invalid_field_length: 0,
		lines: 1,
		records: 0
	};
	const options = normalize_options(original_options);
	return {
		info,
		original_options,
		options,
		state: init_state(options),
		__needMoreData: function(i, bufLen, end) {
			if (end) return false;
			const { encoding, escape, quote } = this.options;
			const { quoting, needMoreDataSize, recordDelimiterMaxLength } = this.state;
			return bufLen - i - 1 < Math.max(needMoreDataSize, recordDelimiterMaxLength === 0 ? Buffer.from("\r\n", encoding).length : recordDelimiterMaxLength, quoting ? (escape === null ? 0 : escape.length) + quote.length : 0, quoting ? quote.length + recordDelimiterMaxLength : 0);
		},
		parse: function(nextBuf, end, push, close) {
			const { bom, comment_no_infix, delimiter_auto, encoding, from_line, ltrim, max_record_size, raw, relax_quotes, rtrim, skip_empty_lines, to, to_line } = this.options;
			let { comment, escape, quote, record_delimiter } = this.options;
			const { bomSkipped, delimiterDiscovered, delimiterBufPrevious, rawBuffer, escapeIsQuote } = this.state;
			if (!delimiterDiscovered && delimiter_auto) {
				let delimiterBuf;
				if (delimiterBufPrevious === void 0) delimiterBuf = nextBuf;
				else if (delimiterBufPrevious !== void 0 && nextBuf === void 0) delimiterBuf = delimiterBufPrevious;
				else delimiterBuf = Buffer.concat([delimiterBufPrevious, nextBuf]);
				nextBuf = void 0;
				if (end || delimiterBuf.length > delimiter_auto.size) {
					this.options.delimiter = [Buffer.from(delimiter_discover(delimiterBuf, this.options.delimiter_auto))];
					this.state.previousBuf = delimiterBuf;
					this.state.delimiterBufPrevious = void 0;
					this.state.delimiterDiscovered = true;
				} else {
					this.state.delimiterBufPrevious = delimiterBuf;
					return;
				}
			}
			const { previousBuf } = this.state;
			let buf;
			if (previousBuf === void 0) {
				if (nextBuf === void 0) {
					close();
					return;
				} else buf = nextBuf;
			} else if (previousBuf !== void 0 && nextBuf === void 0) buf = previousBuf;
			else buf = Buffer.concat([previousBuf, nextBuf]);
			if (bomSkipped === false) {
				if (bom === false) this.state.bomSkipped = true;
				else if (buf.length < 3) {
					if (end === false) {
						this.state.previousBuf = buf;
						return;
					}
				} else {
					for (const encoding in boms) if (boms[encoding].compare(buf, 0, boms[encoding].length) === 0) {
						const bomLength = boms[encoding].length;
						this.state.bufBytesStart += bomLength;
						buf = buf.slice(bomLength);
						const options = normalize_options({
							...this.original_options,
							encoding
						});
						for (const key in options) this.options[key] = options[key];
						({comment, escape, quote} = this.options);
						break;
					}
					this.state.bomSkipped = true;
				}
			}
			const bufLen = buf.length;
			let pos = 0;
			for (; pos < bufLen; pos++) {
				if (this.__needMoreData(pos, bufLen, end)) break;
				if (this.state.wasRowDelimiter === true) {
					this.info.lines++;
					this.state.wasRowDelimiter = false;
				}
				if (to_line !== -1 && this.info.lines > to_line) {
					this.state.stop = true;
					close();
					return;
				}
				if (this.state.quoting === false && record_delimiter.length === 0) {
					if (this.__autoDiscoverRecordDelimiter(buf, pos)) record_delimiter = this.options.record_delimiter;
				}
				const chr = buf[pos];
				if (raw === true) rawBuffer.append(chr);
				if ((chr === cr || chr === nl) && this.state.wasRowDelimiter === false) this.state.wasRowDelimiter = true;
				if (this.state.escaping === true) this.state.escaping = false;
				else {
					if (escape !== null && this.state.quoting === true && this.__isEscape(buf, pos, chr) && pos + escape.length < bufLen) {
						if (escapeIsQuote) {
							if (this.__isQuote(buf, pos + escape.length)) {
								this.state.escaping = true;
								pos += escape.length - 1;
								continue;
							}
						} else {
							this.state.escaping = true;
							pos += escape.length - 1;
							continue;
						}
					}
					if (this.state.commenting === false && this.__isQuote(buf, pos)) {
						if (this.state.quoting === true) {
							const nextChr = buf[pos + quote.length];
							const isNextChrTrimable = rtrim && this.__isCharTrimable(buf, pos + quote.length);
							const isNextChrComment = comment !== null && this.__compareBytes(comment, buf, pos + quote.length, nextChr);
							const isNextChrDelimiter = this.__isDelimiter(buf, pos + quote.length, nextChr);
							const isNextChrRecordDelimiter = record_delimiter.length === 0 ? this.__autoDiscoverRecordDelimiter(buf, pos + quote.length) : this.__isRecordDelimiter(nextChr, buf, pos + quote.length);
							if (escape !== null && this.__isEscape(buf, pos, chr) && this.__isQuote(buf, pos + escape.length)) pos += escape.length - 1;
							else if (!nextChr || isNextChrDelimiter || isNextChrRecordDelimiter || isNextChrComment || isNextChrTrimable) {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								pos += quote.length - 1;
								continue;
							} else if (relax_quotes === false) {
								const err = this.__error(new CsvError("CSV_INVALID_CLOSING_QUOTE", [
									"Invalid Closing Quote:",
									`got "${String.fromCharCode(nextChr)}"`,
									`at line ${this.info.lines}`,
									"instead of delimiter, record delimiter, trimable character",
									"(if activated) or comment"
								], this.options, this.__infoField()));
								if (err !== void 0) return err;
							} else {
								this.state.quoting = false;
								this.state.wasQuoting = true;
								this.state.field.prepend(quote);
								pos += quote.length - 1;
							}
						} else if (this.state.field.length !== 0) {
							if (relax_quotes === false) {
								const info = this.__infoField();
								const bom = Object.keys(boms).map((b) => boms[b].equals(this.state.field.toString()) ? b : false).filter(Boolean)[0];
								const err = this.__error(new CsvError("INVALID_OPENING_QUOTE", [
									"Invalid Opening Quote:",
									`a quote is found on field ${JSON.stringify(info.column)} at line ${info.lines}, value is ${JSON.stringify(this.state.field.toString(encoding))}`,
									bom ? `(${bom} bom)` : void 0
								], this.options, info, { field: this.state.field }));
								if (err !== void 0) return err;
							}
						} else {
							this.state.quoting = true;
							pos += quote.length - 1;
							continue;
						}
					}
					if (this.state.quoting === false) {
						const recordDelimiterLength = this.__isRecordDelimiter(chr, buf, pos);
						if (recordDelimiterLength !== 0) {
							if (this.state.commenting && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) this.info.comment_lines++;
							else {
								if (this.state.enabled === false && this.info.lines + (this.state.wasRowDelimiter === true ? 1 : 0) >= from_line) {
									this.state.enabled = true;
									this.__resetField();
									this.__resetRecord();
									pos += recordDelimiterLength - 1;
									continue;
								}
								if (skip_empty_lines === true && this.state.wasQuoting === false && this.state.record.length === 0 && this.state.field.length === 0) {
									this.info.empty_lines++;
									pos += recordDelimiterLength - 1;
									continue;
								}
								this.info.bytes = this.state.bufBytesStart + pos;
								const errField = this.__onField();
								if (errField !== void 0) return errField;
								this.info.bytes = this.state.bufBytesStart + pos + recordDelimiterLength;
								const errRecord = this.__onRecord(push);
								if (errRecord !== void 0) return errRecord;
								if (to !== -1 && this.info.records >= to) {
									this.state.stop = true;
									close();
									return;
								}
							}
							this.state.commenting = false;
							pos += recordDelimiterLength - 1;
							continue;
						}
						if (this.state.commenting) continue;
						if (comment !== null && (comment_no_infix === false || this.state.record.length === 0 && this.state.field.length === 0)) {
							if (this.__compareBytes(comment, buf, pos, chr) !== 0) {
								this.state.commenting = true;
								continue;
							}
						}
						const delimiterLength = this.__isDelimiter(buf, pos, chr);
						if (delimiterLength !== 0) {
							this.info.bytes = this.state.bufBytesStart + pos;
							const errField = this.__onField();
							if (errField !== void 0) return errField;
							pos += delimiterLength - 1;
							continue;
						}
					}
				}
				if (this.state.commenting === false) {
					if (max_record_size !== 0 && this.state.record_length + this.state.field.length > max_record_size) return this.__error(new CsvError("CSV_MAX_RECORD_SIZE", [
						"Max Record Size:",
						"record exceed the maximum number of tolerated bytes",
						`of ${max_record_size}`,
						`at line ${this.info.lines}`
					], this.options, this.__infoField()));
				}
				const lappend = ltrim === false || this.state.quoting === true || this.state.field.length !== 0 || !this.__isCharTrimable(buf, pos);
				const rappend = rtrim === false || this.state.wasQuoting === false;
				if (lappend === true && rappend === true) this.state.field.append(chr);
				else if (rtrim === true && !this.__isCharTrimable(buf, pos)) return this.__error(new CsvError("CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE", [
					"Invalid Closing Quote:",
					"found non trimable byte after quote",
					`at line ${this.info.lines}`
				], this.options, this.__infoField()));
				else {
					if (lappend === false) pos += this.__isCharTrimable(buf, pos) - 1;
					continue;
				}
			}
			if (end === true) {
				if (this.state.quoting === true) {
					const err = this.__error(new CsvError("CSV_QUOTE_NOT_CLOSED", ["Quote Not Closed:", `the parsing is finished with an opening quote at line ${this.info.lines}`], this.options, this.__infoField()));
					if (err !== void 0) return err;
				} else if (this.state.wasQuoting === true || this.state.record.length !== 0 || this.state.field.length !== 0) {
					this.info.bytes = this.state.bufBytesStart + pos;
					const errField = this.__onField();
					if (errField !== void 0) return errField;
					const errRecord = this.__onRecord(push);
					if (errRecord !== void 0) return errRecord;
				} else if (this.state.wasRowDelimiter === true) this.info.empty_lines++;
				else if (this.state.commenting === true) this.info.comment_lines++;
			} else {
				this.state.bufBytesStart += pos;
				this.state.previousBuf = buf.slice(pos);
			}
			if (this.state.wasRowDelimiter === true) {
				this.info.lines++;
				this.state.wasRowDelimiter = false;
			}
		},
		__onRecord: function(push) {
			const { columns, group_columns_by_name, encoding, info, from, relax_column_count, relax_column_count_less, relax_column_count_more, raw, skip_records_with_empty_values } = this.options;
			const { enabled, record } = this.state;
			if (enabled === false) return this.__resetRecord();
			const recordLength = record.length;
			if (columns === true) {
				if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
					this.__resetRecord();
					return;
				}
				return this.__firstLineToColumns(record);
			}
			if (columns === false && this.info.records === 0) this.state.expectedRecordLength = recordLength;
			if (recordLength !== this.state.expectedRecordLength) {
				const err = columns === false ? new CsvError("CSV_RECORD_INCONSISTENT_FIELDS_LENGTH", [
					"Invalid Record Length:",
					`expect ${this.state.expectedRecordLength},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record }) : new CsvError("CSV_RECORD_INCONSISTENT_COLUMNS", [
					"Invalid Record Length:",
					`columns length is ${columns.length},`,
					`got ${recordLength} on line ${this.info.lines}`
				], this.options, this.__infoField(), { record });
				if (relax_column_count === true || relax_column_count_less === true && recordLength < this.state.expectedRecordLength || relax_column_count_more === true && recordLength > this.state.expectedRecordLength) {
					this.info.invalid_field_length++;
					this.state.error = err;
				} else {
					const finalErr = this.__error(err);
					if (finalErr) return finalErr;
				}
			}
			if (skip_records_with_empty_values === true && isRecordEmpty(record)) {
				this.__resetRecord();
				return;
			}
			if (this.state.recordHasError === true) {
				this.__resetRecord();
				this.state.recordHasError = false;
				return;
			}
			this.info.records++;
			if (from === 1 || this.info.records >= from) {
				const { objname } = this.options;
				if (columns !== false) {
					const obj = {};
					for (let i = 0, l = record.length; i < l; i++) {
						if (columns[i] === void 0 || columns[i].disabled) continue;
						if (group_columns_by_name === true && Object.hasOwn(obj, columns[i].name)) {
							if (Array.isArray(obj[columns[i].name])) obj[columns[i].name] = obj[columns[i].name].concat(record[i]);
							else obj[columns[i].name] = [obj[columns[i].name], record[i]];
						} else Object.defineProperty(obj, columns[i].name, {
							value: record[i],
							enumerable: true,
							writable: true,
							configurable: true
						});
					}
					if (raw === true || info === true) {
						const extRecord = Object.assign({ record: obj }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
						const err = this.__push(objname === void 0 ? extRecord : [obj[objname], extRecord], push);
						if (err) return err;
					} else {
						const err = this.__push(objname === void 0 ? obj : [obj[objname], obj], push);
						if (err) return err;
					}
				} else if (raw === true || info === true) {
					const extRecord = Object.assign({ record }, raw === true ? { raw: this.state.rawBuffer.toString(encoding) } : {}, info === true ? { info: this.__infoRecord() } : {});
					const err = this.__push(objname === void 0 ? extRecord : [record[objname], extRecord], push);
					if (err) return err;
				} else {
					const err = this.__push(objname === void 0 ? record : [record[objname], record], push);
					if (err) return err;
				}
			}
			this.__resetRecord();
		},
		__firstLineToColumns: function(record) {
			const { firstLineToHeaders } = this.state;
			try {
				const headers = firstLineToHeaders === void 0 ? record : firstLineToHeaders.call(null, record);
				if (!Array.isArray(headers)) return this.__error(new CsvError("CSV_INVALID_COLUMN_MAPPING", [
					"Invalid Column Mapping:",
					"expect an array from column function,",
					`got ${JSON.stringify(headers)}`
				], this.options, this.__infoField(), { headers }));
				const normalizedHeaders = normalize_columns_array(headers);
				this.state.expectedRecordLength = normalizedHeaders.length;
				this.options.columns = normalizedHeaders;
				this.__resetRecord();
				return;
			} catch (err) {
				return err;
			}
		},
		__resetRecord: function() {
			if (this.options.raw === true) this.state.rawBuffer.reset();
			this.state.error = void 0;
			this.state.record = [];
			this.state.record_length = 0;
		},
		__onField: function() {
			const { cast, encoding, rtrim, max_record_size } = this.options;
			const { enabled, wasQuoting } = this.state;
			if (enabled === false) return this.__resetField();
			let field = this.state.field.toString(encoding);
			if (rtrim === true && wasQuoting === false) field = field.trimRight();
			if (cast === true) {
				const [err, f] = this.__cast(field);
				if (err !== void 0) return err;
				field = f;
			}
			this.state.record.push(field);
			if (max_record_size !== 0 && typeof field === "string") this.state.record_length += field.length;
			this.__resetField();
		},
		__resetField: function() {
			this.state.field.reset();
			this.state.wasQuoting = false;
		},
		__push: function(record, push) {
			const { on_record } = this.options;
			if (on_record !== void 0) {
				const info = this.__infoRecord();
				try {
					record = on_record.call(null, record, info);
				} catch (err) {
					return err;
				}
				if (record === void 0 || record === null) return;
			}
			this.info.bytes_records += this.info.bytes;
			push(record);
		},
		__cast: function(field) {
			const { columns, relax_column_count } = this.options;
			if (Array.isArray(columns) === true && relax_column_count && this.options.columns.length <= this.state.record.length) return [void 0, void 0];
			if (this.state.castField !== null) try {
				const info = this.__infoField();
				return [void 0, this.state.castField.call(null, field, info)];
			} catch (err) {
				return [err];
			}
			if (this.__isFloat(field)) return [void 0, parseFloat(field)];
			else if (this.options.cast_date !== false) {
				const info = this.__infoField();
				return [void 0, this.options.cast_date.call(null, field, info)];
			}
			return [void 0, field];
		},
		__compareBytes: function(sourceBuf, targetBuf, targetPos, firstByte) {
			if (sourceBuf[0] !== firstByte) return 0;
			const sourceLength = sourceBuf.length;
			for (let i = 1; i < sourceLength; i++) if (sourceBuf[i] !== targetBuf[targetPos + i]) return 0;
			return sourceLength;
		},
		__isCharTrimable: function(buf, pos) {
			const { timchars, timcharFirstBytes } = this.state;
			const first = buf[pos];
			if (first === void 0 || timcharFirstBytes[first] === 0) return 0;
			loop1: for (let i = 0; i < timchars.length; i++) {
				const timchar = timchars[i];
				for (let j = 0; j < timchar.length; j++) if (timchar[j] !== buf[pos + j]) continue loop1;
				return timchar.length;
			}
			return 0;
		},
		__isDelimiter: function(buf, pos, chr) {
			const { delimiter, ignore_last_delimiters } = this.options;
			if (ignore_last_delimiters === true && this.state.record.length === this.options.columns.length - 1) return 0;
			else if (ignore_last_delimiters !== false && typeof ignore_last_delimiters === "number" && this.state.record.length === ignore_last_delimiters - 1) return 0;
			loop1: for (let i = 0; i < delimiter.length; i++) {
				const del = delimiter[i];
				if (del[0] === chr) {
					for (let j = 1; j < del.length; j++) if (del[j] !== buf[pos + j]) continue loop1;
					return del.length;
				}
			}
			return 0;
		},
		__isEscape: function(buf, pos, chr) {
			const { escape } = this.options;
			if (escape === null) return false;
			const l = escape.length;
			if (escape[0] === chr) {
				for (let i = 0; i < l; i++) if (escape[i] !== buf[pos + i]) return false;
				return true;
			}
			return false;
		},
		__isFloat: function(value) {
			return value - parseFloat(value) + 1 >= 0;
		},
		__isQuote: function(buf, pos) {
			const { quote } = this.options;
			if (quote === null) return false;
			const l = quote.length;
			for (let i = 0; i < l; i++) if (quote[i] !== buf[pos + i]) return false;
			return true;
		},
		__isRecordDelimiter: function(chr, buf, pos) {
			const { record_delimiter } = this.options;
			const recordDelimiterLength = record_delimiter.length;
			loop1: for (let i = 0; i < recordDelimiterLength; i++) {
				const rd = record_delimiter[i];
				const rdLength = rd.length;
				if (rd[0] !== chr) continue;
				for (let j = 1; j < rdLength; j++) if (rd[j] !== buf[pos + j]) continue loop1;
				return rd.length;
			}
			return 0;
		},
		__autoDiscoverRecordDelimiter: function(buf, pos) {
			const { encoding } = this.options;
			const rds = [
				Buffer.from("\r\n", encoding),
				Buffer.from("\n", encoding),
				Buffer.from("\r", encoding)
			];
			loop: for (let i = 0; i < rds.length; i++) {
				const l = rds[i].length;
				for (let j = 0; j < l; j++) if (rds[i][j] !== buf[pos + j]) continue loop;
				this.options.record_delimiter.push(rds[i]);
				this.state.recordDelimiterMaxLength = rds[i].length;
				return rds[i].length;
			}
			return 0;
		},
		__error: function(msg) {
			const { encoding, raw, skip_records_with_error } = this.options;
			const err = typeof msg === "string" ? new Error(msg) : msg;
			if (skip_records_with_error) {
				this.state.recordHasError = true;
				if (this.options.on_skip !== void 0) try {
					this.options.on_skip(err, raw ? this.state.rawBuffer.toString(encoding) : void 0);
				} catch (err) {
					return err;
				}
				return;
			} else return err;
		},
		__infoDataSet: function() {
			return {
				...this.info,
				columns: this.options.columns
			};
		},
		__infoRecord: function() {
			const { columns, raw, encoding } = this.options;
			return {
				...this.__infoDataSet(),
				bytes_records: this.info.bytes,
				error: this.state.error,
				header: columns === true,
				index: this.state.record.length,
				raw: raw ? this.state.rawBuffer.toString(encoding) : void 0
			};
		},
		__infoField: function() {
			const { columns } = this.options;
			const isColumns = Array.isArray(columns);
			const bytes_records = this.info.bytes_records;
			return {
				...this.__infoRecord(),
				bytes_records,
				column: isColumns === true ? columns.length > this.state.record.length ? columns[this.state.record.length].name : null : this.state.record.length,
				quoting: this.state.wasQuoting
			};
		}
	};
};
// node_modules/csv-parse/lib/index.js
var Parser = class extends Transform {
	constructor(opts = {}) {
		super({
			readableObjectMode: true,
			...opts,
			encoding: null
		});
		this.api = transform({
			on_skip: (err, chunk) => {
				this.emit("skip", err, chunk);
			},
			...opts
		});
		this.state = this.api.state;
		this.options = this.api.options;
		this.info = this.api.info;
	}
	_transform(buf, _, callback) {
		if (this.state.stop === true) return;
		const err = this.api.parse(buf, false, (record) => {
			this.push(record);
		}, () => {
			this.push(null);
			this.end();
			this.on("end", this.destroy);
		});
		if (err !== void 0) this.state.stop = true;
		callback(err);
	}
	_flush(callback) {
		if (this.state.stop === true) return;
		callback(this.api.parse(void 0, true, (record) => {
			this.push(record);
		}, () => {
			this.push(null);
			this.on("end", this.destroy);
		}));
	}
};
const parse$3 = function() {
	let data, options, callback;
	for (const i in arguments) {
		const argument = arguments[i];
		const type = typeof argument;
		if (data === void 0 && (typeof argument === "string" || Buffer.isBuffer(argument))) data = argument;
		else if (options === void 0 && is_object(argument)) options = argument;
		else if (callback === void 0 && type === "function") callback = argument;
		else throw new CsvError("CSV_INVALID_ARGUMENT", ["Invalid argument:", `got ${JSON.stringify(argument)} at index ${i}`], options || {});
	}
	const parser = new Parser(options);
	if (callback) {
		const records = options === void 0 || options.objname === void 0 ? [] : Object.create(null);
		parser.on("readable", function() {
			let record;
			while ((record = this.read()) !== null) if (options === void 0 || options.objname === void 0) records.push(record);
			else Object.assign(records, { [record[0]]: record[1] });
		});
		parser.on("error", function(err) {
			callback(err, void 0, parser.api.__infoDataSet());
		});
		parser.on("end", function() {
			callback(void 0, records, parser.api.__infoDataSet());
		});
	}
	if (data !== void 0) {
		const writer = function() {
			parser.write(data);
			parser.end();
		};
		if (typeof setImmediate === "function") setImmediate(writer);
		else setTimeout(writer, 0);
	}
	return parser;
};
// src/corpus/records/lines.ts
/** @file Records of JSON: one a line, or a list of them, whatever the ending says (`.json.gz` files of the Hub are often lines). */
/** The longest documents of published corpora have some MB. */
const MOST_RECORD_BYTES = 2 ** 24;
const LINE_FEED = 10;
const BYTE_ORDER_MARK = [
	239,
	187,
	191
];
/** A record of JSON lines each. Errors: CORPUS_BROKEN with the line, RECORD_TOO_LARGE, those of the bytes. */
async function* jsonLines(name, bytes) {
	let number = 0;
	for await (const line of lines(name, bytes)) {
		number++;
		if (isBlank(line)) continue;
		const outcome = parseJson(line);
		if ("reason" in outcome) throw corpusBroken(name, `line ${number} is not JSON: ${outcome.reason}`);
		yield outcome.value;
	}
}
/** Lines without their line feeds. Errors: RECORD_TOO_LARGE. */
async function* lines(name, bytes) {
	let [held, length, number, isFirst] = [
		[],
		0,
		1,
		true
	];
	for await (const piece of bytes) {
		let start = isFirst && BYTE_ORDER_MARK.every((byte, i) => piece[i] === byte) ? 3 : 0;
		isFirst = false;
		for (let end = piece.indexOf(LINE_FEED, start); end >= 0; end = piece.indexOf(LINE_FEED, start)) {
			if (length + end - start > MOST_RECORD_BYTES) throw recordTooLarge(name, number, MOST_RECORD_BYTES);
			yield joined$1([...held, piece.subarray(start, end)]);
			[held, length, start] = [
				[],
				0,
				end + 1
			];
			number++;
		}
		held.push(piece.slice(start));
		length += piece.byteLength - start;
		if (length > MOST_RECORD_BYTES) throw recordTooLarge(name, number, MOST_RECORD_BYTES);
	}
	if (length > 0) yield joined$1(held);
}
function joined$1(pieces) {
	const [first, ...more] = pieces;
	return first !== void 0 && more.length === 0 ? first : Buffer.concat(pieces);
}
function isBlank(line) {
	return line.every((byte) => byte === 32 || byte === 9 || byte === 13);
}
/**
* Records of a `.json` file: a list of objects, an object that has one list of objects, or lines after all. Errors: CORPUS_BROKEN,
* CORPUS_TOO_LARGE's like, those of the bytes.
*/
async function* jsonRecords(name, bytes) {
	const { head, rest } = await begun(bytes);
	if (isOfLines(head)) {
		yield* jsonLines(name, rest);
		return;
	}
	const outcome = parseJson(withoutMark(await whole(name, rest)));
	if ("reason" in outcome) throw corpusBroken(name, `it is not JSON: ${outcome.reason}`);
	yield* listOf(name, outcome.value);
}
/** The first line, or what there is of it within the length of a record; the bytes again, whole. */
async function begun(bytes) {
	const held = [];
	let length = 0;
	for (let next = await bytes.next(); next.done !== true; next = await bytes.next()) {
		held.push(next.value.slice());
		length += next.value.byteLength;
		if (next.value.includes(LINE_FEED) || length > MOST_RECORD_BYTES) break;
	}
	const all = joined$1(held.length === 0 ? [/* @__PURE__ */ new Uint8Array(0)] : held);
	const end = all.indexOf(LINE_FEED);
	async function* again() {
		yield all;
		yield* bytes;
	}
	return {
		head: end < 0 ? all : all.subarray(0, end),
		rest: again()
	};
}
/** A first line that is an object by itself, and not the whole of a file that wraps its records. */
function isOfLines(head) {
	const outcome = parseJson(withoutMark(head));
	if ("reason" in outcome || !isJsonObject(outcome.value)) return false;
	return !Object.values(outcome.value).some(isListOfObjects) || Object.values(outcome.value).length > 1;
}
function withoutMark(bytes) {
	return BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? bytes.subarray(3) : bytes;
}
async function whole(name, bytes) {
	const held = [];
	let length = 0;
	for await (const piece of bytes) {
		held.push(piece.slice());
		length += piece.byteLength;
		if (length > MAX_JSON_BYTES) throw corpusBroken(name, `one JSON value of more than ${MAX_JSON_BYTES} bytes is not read; write JSON lines`);
	}
	return Buffer.concat(held);
}
function isListOfObjects(value) {
	return Array.isArray(value) && value.length > 0 && value.every((one) => isJsonObject(one));
}
function listOf(name, value) {
	if (Array.isArray(value)) return value;
	if (isJsonObject(value)) {
		const [only, ...others] = Object.values(value).filter(isListOfObjects);
		if (Array.isArray(only) && others.length === 0) return only;
		return [value];
	}
	throw corpusBroken(name, "it holds no list of records");
}
// src/corpus/records/csv.ts
/** @file Records of CSV and TSV (RFC 4180) with a line of names at the top, through csv-parse, a record at a time. */
/** Errors: CORPUS_BROKEN with the line, RECORD_TOO_LARGE (a quote that is never closed), those of the bytes. */
async function* csvRecords(name, bytes, delimiter) {
	const parser = parse$3({
		bom: true,
		delimiter,
		max_record_size: MOST_RECORD_BYTES,
		skip_empty_lines: true
	});
	const source = Readable.from(decoded(name, bytes));
	source.on("error", (error) => parser.destroy(error));
	source.pipe(parser);
	let header = null;
	let number = 0;
	try {
		for await (const row of parser) {
			const cells = textsOf(row);
			if (header === null) header = checkedHeader(name, cells);
			else yield Object.fromEntries(header.map((column, i) => [column, cells[i] ?? null]));
			number++;
		}
	} catch (error) {
		if (!(error instanceof CsvError)) throw error;
		if (error.code === "CSV_MAX_RECORD_SIZE") throw recordTooLarge(name, number, MOST_RECORD_BYTES);
		throw corpusBroken(name, error.message.slice(0, 200));
	} finally {
		source.destroy();
		parser.destroy();
	}
}
function textsOf(row) {
	return Array.isArray(row) ? row.map(String) : [];
}
function checkedHeader(name, columns) {
	const twice = columns.find((column, i) => columns.indexOf(column) < i);
	if (twice !== void 0) throw corpusBroken(name, `two of its columns are called "${twice.slice(0, 80)}"`);
	return columns;
}
async function* decoded(name, bytes) {
	const decoder = new TextDecoder("utf-8", {
		fatal: true,
		ignoreBOM: true
	});
	try {
		for await (const piece of bytes) yield decoder.decode(piece, { stream: true });
		yield decoder.decode();
	} catch (error) {
		if (error instanceof TypeError) throw corpusBroken(name, "it is not UTF-8 text");
		throw error;
	}
}
// src/corpus/records/parquet-pages.ts
/**
* @file Looks over the pages of a column of a stranger's Parquet file before the decoder may trust them.
*
* hyparquet allocates what headers promise: a page of 30 bytes can ask for gigabytes, and a run of a level can claim 2³⁰
* repetitions. So each page is unpacked once within its bounds, and its levels and dictionary indexes are walked: no more of
* them than the page has values. Format: https://github.com/apache/parquet-format. Left out: delta encodings, LZ4 and LZO.
*/
/** Values and unpacked bytes of one column in one row group: text of a thousand long documents takes some MB. */
const MOST_VALUES = 2 ** 25;
const MOST_CHUNK_BYTES = 2 ** 29;
const MOST_UNPACKED_BYTES = 2 ** 30;
var PageError = class extends Error {};
/** A page is unpacked at once into memory of its own size, so that its window may be as long. */
const PAGE_WINDOW = 2 ** 27;
/** Decompressors that give what was promised, or throw. */
const UNPACKERS = {
	UNCOMPRESSED: (input) => input,
	SNAPPY: (input, length) => {
		const output = new Uint8Array(length);
		snappyUncompress(input, output);
		return output;
	},
	GZIP: (input, length) => gunzipSync(input, { maxOutputLength: Math.max(1, length) }),
	BROTLI: (input, length) => brotliDecompressSync(input, { maxOutputLength: Math.max(1, length) }),
	ZSTD: (input, length) => {
		new ZstdFrames(PAGE_WINDOW).watch(input, length);
		return decompress(input, new Uint8Array(length));
	}
};
/** Check the pages of a column chunk. Throws PageError, or whatever a decompressor throws. */
function checkPages(chunk, meta, levels) {
	const reader = {
		view: new DataView(chunk.buffer, chunk.byteOffset, chunk.byteLength),
		offset: 0
	};
	let [values, unpacked] = [0, 0];
	while (reader.offset < chunk.byteLength - 1) {
		const header = parquetHeader(reader);
		const [packed, length] = [header.compressed_page_size, header.uncompressed_page_size];
		if (!isCount(packed, chunk.byteLength - reader.offset)) throw new PageError("a page leaves its column");
		unpacked += length;
		if (!isCount(length, MOST_UNPACKED_BYTES) || unpacked > MOST_UNPACKED_BYTES) throw new PageError(`its pages claim ${unpacked} bytes`);
		const page = {
			header,
			bytes: chunk.subarray(reader.offset, reader.offset + packed),
			meta,
			levels
		};
		values += checkPage(page, values);
		reader.offset += packed;
	}
}
/** Values of the page. */
function checkPage(page, before) {
	const { header } = page;
	const values = (header.data_page_header_v2 ?? header.data_page_header ?? header.dictionary_page_header)?.num_values;
	if (values === void 0 || !isCount(values, MOST_VALUES - before)) throw new PageError(`a page claims ${String(values)} values`);
	if (header.data_page_header_v2 !== void 0) checkSecondForm(page, header.data_page_header_v2);
	else if (header.data_page_header !== void 0) checkFirstForm(page, header.data_page_header);
	return values;
}
/** Levels are packed with the values, each with its length. */
function checkFirstForm(page, { num_values: values, encoding }) {
	const bytes = unpackedPage(page.meta, page.bytes, page.header.uncompressed_page_size);
	let at = 0;
	for (const most of [page.levels.repetition, page.levels.definition]) {
		if (most === 0) continue;
		const length = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
		checkRuns(bytes.subarray(at + 4, at + 4 + length), width(most), values);
		at += 4 + length;
	}
	checkEncoding(encoding, bytes.subarray(at), page.meta, values);
}
/** Levels stand before the values, which alone are packed. */
function checkSecondForm(page, form) {
	const { repetition_levels_byte_length: repetition, definition_levels_byte_length: definition } = form;
	const lengths = repetition + definition;
	const { bytes, levels } = page;
	if (!isCount(repetition, bytes.length) || !isCount(definition, bytes.length) || lengths > bytes.length) throw new PageError("levels leave their page");
	if (levels.repetition > 0) checkRuns(bytes.subarray(0, repetition), width(levels.repetition), form.num_values);
	if (levels.definition > 0) checkRuns(bytes.subarray(repetition, lengths), width(levels.definition), form.num_values);
	const packed = bytes.subarray(lengths);
	const length = page.header.uncompressed_page_size - lengths;
	const values = form.is_compressed === false ? packed : unpackedPage(page.meta, packed, length);
	checkEncoding(form.encoding, values, page.meta, form.num_values);
}
function unpackedPage({ codec }, bytes, length) {
	const unpack = UNPACKERS[codec];
	if (unpack === void 0) throw new PageError(`it is packed with ${codec}`);
	if (length < 0) throw new PageError("levels are longer than their page");
	const out = unpack(bytes, length);
	if (out.length !== length) throw new PageError(`a page has ${out.length} bytes, not the ${length} it says`);
	return out;
}
function checkEncoding(encoding, bytes, { type }, values) {
	if (encoding === "PLAIN") return;
	if (encoding === "RLE_DICTIONARY" || encoding === "PLAIN_DICTIONARY") {
		const [bits = 0] = bytes;
		if (bits > 32) throw new PageError(`a dictionary index of ${bits} bits`);
		if (bits > 0) checkRuns(bytes.subarray(1), bits, values);
		return;
	}
	if (encoding === "RLE" && type === "BOOLEAN") {
		checkRuns(bytes.subarray(4), 1, values);
		return;
	}
	throw new PageError(`its encoding is ${String(encoding)}`);
}
/** Runs of the hybrid of run-length and bit-packed numbers: none repeats more often than there are values. */
function checkRuns(bytes, bits, values) {
	let [at, seen] = [0, 0];
	while (seen < values && at < bytes.length) {
		const { value: header, next } = varint$1(bytes, at);
		const isPacked = (header & 1) === 1;
		const count = isPacked ? (header >>> 1) * 8 : header >>> 1;
		if (count === 0 || count > values - seen + (isPacked ? 7 : 0)) throw new PageError(`a run of ${count} where ${values - seen} values are left`);
		seen += count;
		at = next + (isPacked ? (header >>> 1) * bits : bits + 7 >> 3);
	}
}
/** Unsigned LEB128 of at most 28 bits. */
function varint$1(bytes, start) {
	let value = 0;
	for (let at = start, shift = 0; at < bytes.length && shift < 28; at++, shift += 7) {
		const byte = bytes[at] ?? 0;
		value |= (byte & 127) << shift;
		if (byte < 128) return {
			value,
			next: at + 1
		};
	}
	throw new PageError("a run length does not end");
}
const width = (most) => 32 - Math.clz32(most);
function isCount(value, limit) {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= limit;
}
// src/corpus/records/parquet.ts
/**
* @file Records of a Parquet file, one column of them, a row group at a time: over the Hub only the footer and the chunks of that
* column arrive.
*/
/** A file of 2 GB with 2,000 row groups and 10 columns has about 3 MB. */
const MOST_FOOTER_BYTES = 2 ** 26;
const MOST_COLUMNS = 1e4;
/** Errors: CORPUS_BROKEN, those of reading. */
async function openParquet(source) {
	const metadata = await guarded(source, () => readFooter(source));
	const tree = await guarded(source, async () => parquetSchema(metadata));
	const counts = metadata.row_groups.map((group) => Number(group.num_rows));
	const groupStarts = [0];
	for (const count of counts) groupStarts.push((groupStarts.at(-1) ?? 0) + count);
	const rows = groupStarts.at(-1) ?? 0;
	if (!counts.every((count) => Number.isSafeInteger(count) && count >= 0) || !Number.isSafeInteger(rows)) throw corpusBroken(source.name, "its row groups have no usable number of rows");
	return {
		rows,
		columns: tree.children.map(({ element, children }) => ({
			name: element.name,
			isText: children.length === 0 && element.type === "BYTE_ARRAY" && (element.converted_type === "UTF8" || element.logical_type?.type === "STRING")
		})),
		groupStarts,
		readGroup: (group, column) => guarded(source, () => readColumn(source, metadata, {
			group,
			column,
			start: groupStarts[group] ?? 0
		}))
	};
}
async function readFooter(source) {
	const size = source.byteLength;
	if (size < 12) throw new PageError(`it has ${size} bytes`);
	const end = await source.read(size - 8, size);
	const length = new DataView(end.buffer, end.byteOffset, 8).getUint32(0, true);
	if (length > Math.min(MOST_FOOTER_BYTES, size - 8)) throw new PageError(`its footer claims ${length} bytes`);
	const footer = await source.read(size - 8 - length, size);
	const metadata = parquetMetadata(footer, { geoparquet: false });
	if (metadata.schema.length > MOST_COLUMNS) throw new PageError(`it has ${metadata.schema.length} columns`);
	if (!metadata.schema.every(({ name }) => typeof name === "string")) throw new PageError("a column has no name");
	return metadata;
}
async function readColumn(source, metadata, { group, column, start }) {
	const rowGroup = metadata.row_groups[group];
	const chunks = rowGroup?.columns.flatMap(({ meta_data: meta, file_path: elsewhere }) => {
		if (elsewhere !== void 0) throw new PageError("its columns are in other files");
		return meta !== void 0 && meta.path_in_schema[0] === column ? [meta] : [];
	});
	if (rowGroup === void 0 || chunks === void 0 || chunks.length === 0) throw new PageError(`row group ${group} has no column "${column}"`);
	const ranges = chunks.map((meta) => ({
		meta,
		...chunkRange(meta, source.byteLength)
	}));
	const first = Math.min(...ranges.map(({ start: from }) => from));
	const last = Math.max(...ranges.map(({ end }) => end));
	if (last - first > MOST_CHUNK_BYTES) throw new PageError(`a column lies over ${last - first} bytes`);
	const span = await source.read(first, last);
	for (const { meta, start: from, end } of ranges) checkPages(span.subarray(from - first, end - first), meta, levelsOf(metadata, meta.path_in_schema));
	const slice = (from, to = source.byteLength) => from >= first && to <= last ? new Uint8Array(span.subarray(from - first, to - first)).buffer : /* @__PURE__ */ new ArrayBuffer(0);
	const rows = await parquetReadObjects({
		file: {
			byteLength: source.byteLength,
			slice
		},
		metadata,
		columns: [column],
		rowStart: start,
		rowEnd: start + Number(rowGroup.num_rows),
		compressors: UNPACKERS,
		geoparquet: false
	});
	if (rows.length !== Number(rowGroup.num_rows)) throw new PageError(`row group ${group} has ${rows.length} rows, not the ${rowGroup.num_rows} it says`);
	return rows.map((row) => row[column]);
}
function chunkRange(meta, size) {
	const dictionary = Number(meta.dictionary_page_offset ?? 0);
	const data = Number(meta.data_page_offset);
	const start = dictionary > 0 && dictionary < data ? dictionary : data;
	const length = Number(meta.total_compressed_size);
	if (!(start >= 4 && length >= 0 && length <= MOST_CHUNK_BYTES && start + length <= size)) throw new PageError(`a column claims ${length} bytes at byte ${start} of ${size}`);
	return {
		start,
		end: start + length
	};
}
/** How deep the levels of a column go: optional and repeated parts on its way (Dremel). */
function levelsOf({ schema }, path) {
	let [repetition, definition] = [0, 0];
	let at = 0;
	for (const name of path) {
		at = childNamed(schema, at, name);
		const kind = schema[at]?.repetition_type;
		if (kind !== "REQUIRED") definition++;
		if (kind === "REPEATED") repetition++;
	}
	return {
		repetition,
		definition
	};
}
/** Its place in the flat list, where a node's children follow it depth first. */
function childNamed(schema, parent, name) {
	let at = parent + 1;
	for (let child = 0; child < (schema[parent]?.num_children ?? 0); child++) {
		if (schema[at]?.name === name) return at;
		let left = 1;
		while (left > 0 && at < schema.length) left += (schema[at++]?.num_children ?? 0) - 1;
	}
	throw new PageError(`its schema has no "${name}"`);
}
async function guarded(source, read) {
	try {
		return await read();
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		const reason = error instanceof Error ? error.message.slice(0, 200) : "broken";
		throw corpusBroken(source.name, `it is no Parquet file that can be trusted (${reason})`);
	}
}
// src/audit/machine/memory.ts
/** @file The memory of this machine or container, and what captures may take of it. */
/** Bytes of memory: the machine's, or what its container may use. */
function availableMemory() {
	const limit = constrainedMemory();
	return limit > 0 ? Math.min(limit, totalmem()) : totalmem();
}
// src/errors/models.ts
/**
* @file What can be wrong with a model's config.json: a family or a value that we do not know how to compute. `where`: the
* model's spec and "model config"; an audit has several.
*/
const familyUnknown = problem("FAMILY_UNKNOWN", 2, (where, found, known) => ({
	message: `${where}: model_type is ${found}; known families: ${known.join(", ")}.`,
	fix: "Use a checkpoint of a known family, or export the model to ONNX and give that file."
}));
const configKeyMissing = problem("CONFIG_KEY_MISSING", 2, (where, key) => ({
	message: `${where}: ${key} is missing and has no default.`,
	fix: "Complete config.json from the original model repository."
}));
const configValueUnsupported = problem("CONFIG_VALUE_UNSUPPORTED", 2, (where, key, found, allowed) => ({
	message: `${where}: ${key} is ${found}; allowed: ${allowed}.`,
	fix: "Compare config.json with the original model repository; a value that is not listed would change the forward pass."
}));
const sequenceTooLong = problem("SEQUENCE_TOO_LONG", 2, (where, length, most) => ({
	message: `${where}: sequences of ${length} tokens are asked for, but the model was made for at most ${most} positions.`,
	fix: `Choose a --block-length and a sliding window of at most ${most}.`
}));
/** Most names that are shown. */
const SHOWN_TENSORS = 4;
/** `pairs`: the name that would be read, and the other one. */
const tensorsTwice = problem("TENSORS_TWICE", 2, (where, pairs) => ({
	message: `${where}: ${pairs.length} ${pairs.length === 1 ? "tensor of its blocks is" : "tensors of its blocks are"} stored twice, under two prefixes: ${pairs[0]?.read} and ${pairs[0]?.other}. Which of the two a runtime loads is not known, so neither can be judged.`,
	fix: "Save the model again with one of the two (a quantizer that added what it took for missing leaves both), and audit that."
}));
/** `said`: what the config says of its class and code. */
const tensorsUnread = problem("TENSORS_UNREAD", 2, (where, family, tensors, said = []) => ({
	message: `${where}: the blocks store tensors that a ${family} with this config does not have: ${tensors.slice(0, SHOWN_TENSORS).join(", ")}${tensors.length > SHOWN_TENSORS ? ` and ${tensors.length - SHOWN_TENSORS} more` : ""}${said.map((sentence) => `; ${sentence}`).join("")}.`,
	fix: "They belong to another architecture or to a config.json that switches them on: use that config, merge adapters into the weights, or export the model to ONNX and give that file."
}));
// src/models/config-reader.ts
/**
* @file Typed reading of a Hugging Face config.json that nobody has checked.
*
* Every value is asked for by name with the range it may have; whatever is outside is an error that names the key,
* the value found and the values allowed. `null` counts as absent, as in transformers, except in `…OrNull`. Keys that
* nobody asked for can be listed afterwards (`unreadKeys`), so that nothing is ignored in silence.
* Left out: no schema per family; a family's own calls are its schema.
*/
/** Characters of a found value that are shown in a message. */
const SHOWN_CHARACTERS$2 = 80;
function shown$2(value) {
	const text = JSON.stringify(value);
	return text.length > SHOWN_CHARACTERS$2 ? `${text.slice(0, SHOWN_CHARACTERS$2)}…` : text;
}
function isObject(value) {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
function isInteger$1(value, low, high) {
	return typeof value === "number" && Number.isInteger(value) && value >= low && value <= high;
}
var ConfigReader = class ConfigReader {
	#values;
	#where;
	#path;
	#read = /* @__PURE__ */ new Set();
	#sections = /* @__PURE__ */ new Map();
	/** `where`: whose config it is, for messages; `path`: of a nested section. */
	constructor(values, where, path = "") {
		this.#values = values;
		this.#where = where;
		this.#path = path;
	}
	/** The stored value; undefined where the key is absent. Marks the key as understood. */
	value(key) {
		this.#read.add(key);
		return Object.hasOwn(this.#values, key) ? this.#values[key] : void 0;
	}
	/** Present and not null. Does not mark the key. */
	has(key) {
		return Object.hasOwn(this.#values, key) && this.#values[key] !== null;
	}
	get isEmpty() {
		return Object.keys(this.#values).length === 0;
	}
	/** The error for a value that cannot be used: `throw config.unsupported('hidden_act', 'gelu, silu')`. */
	unsupported(key, allowed) {
		return configValueUnsupported(this.#where, this.#path + key, shown$2(this.value(key) ?? null), allowed);
	}
	#present(key) {
		return this.value(key) ?? null;
	}
	#fallback(key, fallback) {
		if (fallback === void 0) throw configKeyMissing(this.#where, this.#path + key);
		return fallback;
	}
	/** An integer 1..most; absent: the fallback, or an error where there is none. */
	count(key, most, fallback) {
		const value = this.#present(key);
		if (value === null) return this.#fallback(key, fallback);
		if (!isInteger$1(value, 1, most)) throw this.unsupported(key, `an integer from 1 to ${most}`);
		return value;
	}
	/** Like count, but a stored null means "none". */
	countOrNull(key, most, fallback) {
		const value = this.value(key);
		if (value === void 0 || value === null) return value === null ? null : fallback;
		return this.count(key, most);
	}
	/** A finite number low..high. */
	number(key, low, high, fallback) {
		const value = this.#present(key);
		if (value === null) return this.#fallback(key, fallback);
		if (typeof value !== "number" || !(value >= low && value <= high)) throw this.unsupported(key, `a number from ${low} to ${high}`);
		return value;
	}
	/** Like number, but a stored null means "none". */
	numberOrNull(key, low, high, fallback) {
		const value = this.value(key);
		if (value === void 0 || value === null) return value === null ? null : fallback;
		return this.number(key, low, high);
	}
	flag(key, fallback) {
		const value = this.#present(key);
		if (value === null) return fallback;
		if (typeof value !== "boolean") throw this.unsupported(key, "true, false");
		return value;
	}
	/** A word from a table; the table's value is what it means. */
	choice(key, known, fallback) {
		const value = this.#present(key) ?? fallback;
		const meaning = typeof value === "string" ? known.get(value) : void 0;
		if (meaning === void 0) throw this.unsupported(key, [...known.keys()].join(", "));
		return meaning;
	}
	/** The key must be absent, null or exactly this: the one variant that is computed. */
	only(key, supported) {
		const value = this.#present(key);
		if (value !== null && value !== supported) throw this.unsupported(key, shown$2(supported));
	}
	/** Exactly `length` numbers low..high. */
	numbers(key, length, low, high) {
		const allowed = `a list of ${length} numbers from ${low} to ${high}`;
		const value = this.#present(key);
		if (value === null) throw configKeyMissing(this.#where, this.#path + key);
		if (!Array.isArray(value) || value.length !== length) throw this.unsupported(key, allowed);
		return value.map((entry) => {
			if (typeof entry !== "number" || !(entry >= low && entry <= high)) throw this.unsupported(key, allowed);
			return entry;
		});
	}
	/** Exactly `length` words from a table, or null where the key is absent. */
	choices(key, length, known) {
		const value = this.#present(key);
		if (value === null) return null;
		const allowed = `a list of ${length} words from: ${[...known.keys()].join(", ")}`;
		if (!Array.isArray(value) || value.length !== length) throw this.unsupported(key, allowed);
		return value.map((entry) => {
			const meaning = typeof entry === "string" ? known.get(entry) : void 0;
			if (meaning === void 0) throw this.unsupported(key, allowed);
			return meaning;
		});
	}
	/** A nested object, or null where the key is absent. The same reader each time. */
	section(key) {
		const known = this.#sections.get(key);
		if (known) return known;
		const value = this.#present(key);
		if (value === null) return null;
		if (!isObject(value)) throw this.unsupported(key, "an object");
		const section = new ConfigReader(value, this.#where, `${this.#path}${key}.`);
		this.#sections.set(key, section);
		return section;
	}
	/** Keys, with the path of nested ones, that nobody asked for and that are not in `harmless`. */
	unreadKeys(harmless) {
		const own = Object.keys(this.#values).filter((key) => !this.#read.has(key) && !harmless.has(key));
		const nested = [...this.#sections.values()].flatMap((section) => section.unreadKeys(harmless));
		return [...own.map((key) => this.#path + key), ...nested];
	}
};
// src/models/families/weight-refs.ts
/** A stored matrix [out, in], all of it. */
function matrix(tensor, out, input) {
	return {
		tensor,
		storedShape: [out, input],
		layout: "out-in",
		channels: null
	};
}
/** A stored vector [size], all of it. */
function vector(tensor, size) {
	return {
		tensor,
		storedShape: [size],
		layout: "out-in",
		channels: null
	};
}
/** `NAME.weight` [out, in] and, where there is one, `NAME.bias` [out]. */
function linear(name, out, input, bias) {
	return {
		weight: matrix(`${name}.weight`, out, input),
		bias: bias ? vector(`${name}.bias`, out) : null
	};
}
/** GPT-2's Conv1D: `NAME.weight` is stored [in, out]; there is always a bias. */
function conv1d(name, out, input) {
	return {
		weight: {
			tensor: `${name}.weight`,
			storedShape: [input, out],
			layout: "in-out",
			channels: null
		},
		bias: vector(`${name}.bias`, out)
	};
}
/** Some output channels of a fused projection, the same ones of weight and bias. */
function take(fused, channels) {
	return {
		weight: {
			...fused.weight,
			channels
		},
		bias: fused.bias && {
			...fused.bias,
			channels
		}
	};
}
/** `NAME.weight` [size] of an RMS norm. */
function rmsNorm(name, size) {
	return {
		gain: vector(`${name}.weight`, size),
		bias: null
	};
}
/** `NAME.weight` [size] of a layer norm that has no bias: the decoder's norm kind tells it from an RMS norm. */
const layerNormWithoutBias = rmsNorm;
/** `NAME.weight` and `NAME.bias` [size] of a layer norm. */
function layerNorm(name, size) {
	return {
		gain: vector(`${name}.weight`, size),
		bias: vector(`${name}.bias`, size)
	};
}
// src/models/families/as-stored.ts
/** Unembeddings under the names that families give them. */
const HEADS$1 = [
	"lm_head.weight",
	"embed_out.weight",
	"language_model.lm_head.weight"
];
/** The same decoder, its weights looked for where they lie. Without names: as the family says. */
function asStored(decoder, names) {
	if (names.isEmpty) return {
		decoder,
		warnings: []
	};
	const warnings = /* @__PURE__ */ new Set();
	const { weights } = decoder;
	const blocks = weights.blocks.map((block) => storedBlock(block, names, warnings));
	const ends = storedEnds(weights, names, warnings);
	return {
		decoder: {
			...decoder,
			weights: {
				...weights,
				...ends,
				blocks
			}
		},
		warnings: [...warnings]
	};
}
function storedEnds({ embedding, unembedding }, names, warnings) {
	const head = HEADS$1.find((name) => names.has(name));
	if (unembedding.weight.tensor !== embedding.tensor || head === void 0) return {
		embedding,
		unembedding
	};
	const weight = {
		...embedding,
		tensor: head
	};
	if (!names.has(embedding.tensor)) return {
		embedding: weight,
		unembedding: {
			weight,
			bias: null
		}
	};
	warnings.add(`${head} is stored and is not the embedding, though the config ties the two: the stored one is used, as transformers 5 and vLLM do`);
	return {
		embedding,
		unembedding: {
			weight,
			bias: null
		}
	};
}
function storedBlock(block, names, warnings) {
	const [q, k, v] = fused([
		block.q,
		block.k,
		block.v
	], ["q_proj", "qkv_proj"], names, warnings);
	const { gate, up } = block;
	const [storedGate, storedUp] = gate === null ? [null, up] : fused([gate, up], ["gate_proj", "gate_up_proj"], names, warnings);
	return {
		...block,
		q: q ?? block.q,
		k: k ?? block.k,
		v: v ?? block.v,
		o: withoutMissingBias(block, names),
		gate: storedGate ?? gate,
		up: storedUp ?? up
	};
}
/** Some matrices that lie in one stored tensor, their rows one after the other; as they are where they do not. */
function fused(parts, [first, together], names, warnings) {
	const own = parts[0]?.weight.tensor ?? "";
	const ending = `.${first}.weight`;
	const module = `${own.slice(0, -ending.length)}.${together}`;
	if (!own.endsWith(ending) || names.has(own) || !names.has(`${module}.weight`)) return parts;
	warnings.add(`${together} holds several matrices of a block; its rows are read in the order of its name`);
	const rows = parts.map(({ weight }) => weight.storedShape[0] ?? 0);
	const whole = linear(module, rows.reduce((sum, count) => sum + count, 0), parts[0]?.weight.storedShape[1] ?? 0, names.has(`${module}.bias`));
	let start = 0;
	return rows.map((count) => {
		start += count;
		return take(whole, [[start - count, start]]);
	});
}
function withoutMissingBias({ q, o }, names) {
	return q.bias !== null && names.has(q.bias.tensor) && o.bias !== null && o.bias !== null && !names.has(o.bias.tensor) ? {
		...o,
		bias: null
	} : o;
}
// src/models/families/shape.ts
/** Largest published decoder: 126 layers (Llama 3.1 405B). */
const MOST_LAYERS = 1024;
/** Largest published: 128 query heads. */
const MOST_HEADS = 4096;
/** Largest published: d_model 18,432, d_mlp 73,728. */
const WIDEST = 1 << 20;
/** Largest published: 262,208 rows (Gemma 3). */
const MOST_VOCABULARY = 1 << 24;
/** Largest published: 10 million positions. */
const MOST_POSITIONS = 1 << 30;
/** transformers' activation names (activations.py, ACT2FN) and what they compute. */
const ACTIVATIONS = /* @__PURE__ */ new Map([
	["gelu", "gelu"],
	["gelu_python", "gelu"],
	["gelu_new", "gelu_tanh"],
	["gelu_fast", "gelu_tanh"],
	["gelu_pytorch_tanh", "gelu_tanh"],
	["silu", "silu"],
	["swish", "silu"],
	["relu", "relu"]
]);
/** d_model / heads where the family has no head_dim of its own; an error where it does not divide. */
function dividedHeadSize(config, headsKey, heads, d_model) {
	if (d_model % heads !== 0) throw config.unsupported(headsKey, `a divisor of the hidden size ${d_model}`);
	return d_model / heads;
}
/** Sizes under the key names that Llama and its successors share. Errors name the key. */
function readShape(config, defaults) {
	const d_model = config.count("hidden_size", WIDEST, defaults.d_model);
	const heads = config.count("num_attention_heads", MOST_HEADS, defaults.heads);
	const kvHeads = config.countOrNull("num_key_value_heads", 4096, defaults.kvHeads) ?? heads;
	if (heads % kvHeads !== 0) throw config.unsupported("num_key_value_heads", `a divisor of the ${heads} query heads`);
	return {
		d_model,
		heads,
		kvHeads,
		headSize: config.countOrNull("head_dim", 1048576, defaults.headSize) ?? dividedHeadSize(config, "num_attention_heads", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, defaults.n_vocab),
		layers: config.count("num_hidden_layers", MOST_LAYERS, defaults.layers),
		d_mlp: config.count("intermediate_size", WIDEST, defaults.d_mlp),
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, defaults.maxPositions)
	};
}
/** Epsilon of a norm. */
function readEpsilon(config, key, fallback) {
	return config.number(key, 0, 1, fallback);
}
// src/models/families/layer-windows.ts
const LAYER_TYPES = /* @__PURE__ */ new Map([["full_attention", false], ["sliding_attention", true]]);
/** Per block: does it slide? `layer_types` where it is given, else the rule. */
function slidingLayers(config, layers, slides) {
	return config.choices("layer_types", layers, LAYER_TYPES) ?? Array.from({ length: layers }, (_, layer) => slides(layer));
}
/**
* Per block: the window (keys visible, the query's own included) or null for all. transformers' masking_utils:
* key j is visible to query i iff i − window < j ≤ i.
*
* Errors: a block slides and `sliding_window` is null.
*/
function layerWindows(config, sliding, fallback) {
	const window = config.countOrNull("sliding_window", MOST_POSITIONS, fallback);
	if (window === null && sliding.includes(true)) throw config.unsupported("sliding_window", "an integer, since some layers are sliding_attention");
	return sliding.map((slides) => slides ? window : null);
}
// src/models/families/llama-parts.ts
/** q, k, v, o as four matrices. Biases: `qkv` on the first three, `output` on the last. */
function separateAttention(block, shape, bias) {
	const queries = shape.heads * shape.headSize;
	const keys = shape.kvHeads * shape.headSize;
	return {
		q: linear(`${block}.self_attn.q_proj`, queries, shape.d_model, bias.qkv),
		k: linear(`${block}.self_attn.k_proj`, keys, shape.d_model, bias.qkv),
		v: linear(`${block}.self_attn.v_proj`, keys, shape.d_model, bias.qkv),
		o: linear(`${block}.self_attn.o_proj`, shape.d_model, queries, bias.output)
	};
}
/** down(act(gate(x)) · up(x)) */
function gatedMlp(block, shape, bias) {
	return {
		gate: linear(`${block}.mlp.gate_proj`, shape.d_mlp, shape.d_model, bias),
		up: linear(`${block}.mlp.up_proj`, shape.d_mlp, shape.d_model, bias),
		down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, bias)
	};
}
/** Norms before attention and before the MLP, none after: Llama, Mistral, Qwen, Gemma 1, Phi-3. */
function preNorms(block, shape) {
	return {
		preAttention: rmsNorm(`${block}.input_layernorm`, shape.d_model),
		postAttention: null,
		preMlp: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
		postMlp: null
	};
}
/** Norms on both sides of attention and MLP, under Gemma 2's names. */
function sandwichNorms(block, shape) {
	return {
		preAttention: rmsNorm(`${block}.input_layernorm`, shape.d_model),
		postAttention: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
		preMlp: rmsNorm(`${block}.pre_feedforward_layernorm`, shape.d_model),
		postMlp: rmsNorm(`${block}.post_feedforward_layernorm`, shape.d_model)
	};
}
/** RMS norms on q and k: none, one gain per head dimension, or one per channel of the projection. */
function qkNorms(block, shape, kind) {
	if (kind === "none") return {
		qNorm: null,
		kNorm: null
	};
	const norm = (name, heads) => rmsNorm(`${block}.self_attn.${name}`, kind === "full" ? heads * shape.headSize : shape.headSize);
	return {
		qNorm: norm("q_norm", shape.heads),
		kNorm: norm("k_norm", shape.kvHeads)
	};
}
/** Where the body's tensors begin; the last two in checkpoints of image models, as transformers before and from 4.52 names them. */
function bodyPrefix(input) {
	return input.names.prefix("embed_tokens.weight", [
		"model.",
		"",
		"language_model.model.",
		"model.language_model."
	]);
}
/** Module of the unembedding; image models had it inside the text model. */
function headModule(input) {
	return input.names.has("language_model.lm_head.weight") ? "language_model.lm_head" : "lm_head";
}
/** Embedding, final norm and unembedding; a tied model reads its logits off the embedding. */
function ends(prefix, head, shape, tied) {
	const embedding = matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model);
	return {
		embedding,
		finalNorm: rmsNorm(`${prefix}norm`, shape.d_model),
		unembedding: tied ? {
			weight: embedding,
			bias: null
		} : linear(head, shape.n_vocab, shape.d_model, false)
	};
}
/** One entry per block. */
function perBlock(shape, make) {
	return Array.from({ length: shape.layers }, (_, layer) => make(layer));
}
// src/models/families/rope-scaling.ts
const KINDS$1 = /* @__PURE__ */ new Map([
	["default", "default"],
	["linear", "linear"],
	["dynamic", "dynamic"],
	["llama3", "llama3"],
	["yarn", "yarn"],
	["longrope", "longrope"]
]);
/** Phi-3's first checkpoints call longrope by older names (configuration_phi3.py). */
const PHI3_KINDS = new Map([
	...KINDS$1,
	["su", "longrope"],
	["yarn", "longrope"]
]);
/** Bases in use run from 10,000 to 10⁹. */
const LEAST_BASE = 2;
const GREATEST_BASE = 0xe8d4a51000;
/** Factors in use run from 1 to 128; longrope's per-pair factors reach about 65. */
const GREATEST_FACTOR$1 = 1e6;
/** The section that describes the rotary embedding, in either spelling; null where there is none. An empty one says nothing. */
function ropeSection(config) {
	return [config.section("rope_scaling"), config.section("rope_parameters")].find((section) => section !== null && !section.isEmpty) ?? null;
}
/** The base: in the section (transformers 5), else at the top, else the family's default. */
function ropeBase(config, section, key, fallback) {
	const top = config.number(key, LEAST_BASE, GREATEST_BASE, fallback);
	return section ? section.number("rope_theta", LEAST_BASE, GREATEST_BASE, top) : top;
}
/** Rotated dimensions: the leading ⌊fraction · headSize⌋ of a head; even and not none. */
function rotarySize(config, key, fraction, headSize) {
	const size = Math.floor(fraction * headSize);
	if (size < 2 || size % 2 !== 0) throw config.unsupported(key, `a value that rotates an even number of the head's ${headSize} dimensions`);
	return size;
}
/** base^(−2i/size), i = 0..size/2−1. */
function plainFrequencies(size, base) {
	return Array.from({ length: size / 2 }, (_, pair) => base ** (-2 * pair / size));
}
function factorOf(section) {
	return section.number("factor", 1, GREATEST_FACTOR$1);
}
/** Llama 3.1: long waves slowed by the factor, short ones kept, a linear blend between. */
function llama3Frequencies(plain, section, most) {
	const factor = factorOf(section);
	const low = section.number("low_freq_factor", 0, GREATEST_FACTOR$1);
	const high = section.number("high_freq_factor", 0, GREATEST_FACTOR$1);
	if (high <= low) throw section.unsupported("high_freq_factor", `a number above low_freq_factor, ${low}`);
	const original = section.count("original_max_position_embeddings", MOST_POSITIONS, most);
	return plain.map((frequency) => {
		const turns = original * frequency / (2 * Math.PI);
		const kept = Math.min(1, Math.max(0, (turns - low) / (high - low)));
		return (1 - kept) * (frequency / factor) + kept * frequency;
	});
}
/** YaRN: dimensions that turn often are kept, those that turn rarely interpolated, a ramp between. */
function yarn(size, base, section, positions) {
	const factor = factorOf(section);
	const original = section.count("original_max_position_embeddings", MOST_POSITIONS, positions.original ?? positions.most);
	const fast = section.number("beta_fast", .001, GREATEST_FACTOR$1, 32);
	const slow = section.number("beta_slow", .001, GREATEST_FACTOR$1, 1);
	const truncate = section.flag("truncate", true);
	const dimension = (turns) => size * Math.log(original / (turns * 2 * Math.PI)) / (2 * Math.log(base));
	const low = Math.max(truncate ? Math.floor(dimension(fast)) : dimension(fast), 0);
	const high = Math.min(truncate ? Math.ceil(dimension(slow)) : dimension(slow), size - 1);
	const span = high === low ? .001 : high - low;
	return {
		size,
		pairing: "half",
		inverseFrequency: plainFrequencies(size, base).map((frequency, pair) => {
			const interpolated = Math.min(1, Math.max(0, (pair - low) / span));
			return frequency / factor * interpolated + frequency * (1 - interpolated);
		}),
		amplitude: yarnAmplitude(section, factor)
	};
}
function yarnAmplitude(section, factor) {
	const magnitude = (weight) => factor <= 1 ? 1 : .1 * weight * Math.log(factor) + 1;
	const given = section.numberOrNull("attention_factor", 0, GREATEST_FACTOR$1, null);
	const mscale = section.number("mscale", 0, GREATEST_FACTOR$1, 0);
	const mscaleAll = section.number("mscale_all_dim", 0, GREATEST_FACTOR$1, 0);
	if (given !== null) return given;
	return mscale > 0 && mscaleAll > 0 ? magnitude(mscale) / magnitude(mscaleAll) : magnitude(1);
}
/** LongRoPE: a factor per pair, one list for short and one for long sequences, and a factor on cos and sin. */
function longrope(size, base, section, positions) {
	const stored = section.count("original_max_position_embeddings", MOST_POSITIONS, positions.most);
	const original = positions.original ?? stored;
	const ratio = positions.most / original;
	const stretched = section.number("factor", 0, GREATEST_FACTOR$1, ratio);
	const factor = positions.original === null ? stretched : ratio;
	const short = section.numbers("short_factor", size / 2, 1e-6, GREATEST_FACTOR$1);
	const long = section.numbers("long_factor", size / 2, 1e-6, GREATEST_FACTOR$1);
	const perPair = positions.length > original ? long : short;
	const recommended = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(original));
	return {
		size,
		pairing: "half",
		inverseFrequency: plainFrequencies(size, base).map((frequency, pair) => frequency / (perPair[pair] ?? 1)),
		amplitude: section.number("attention_factor", 0, GREATEST_FACTOR$1, recommended)
	};
}
/** `rope_type`, or `type` in older files; transformers 4 prefers the one and 5 the other, so both must agree. */
function readKind(section, kinds) {
	const kind = section.choice("rope_type", kinds, "default");
	if (!section.has("type")) return kind;
	const older = section.choice("type", kinds, "default");
	if (section.has("rope_type") && older !== kind) throw section.unsupported("type", "the same as rope_type");
	return older;
}
/**
* The rotary embedding of one kind of layer.
*
* @param section the config's rope section, null: no scaling
* Errors: an unknown rope type, a factor missing or out of range, naming the key.
*/
function rotary(size, base, positions, section, kinds = KINDS$1) {
	const plain = plainFrequencies(size, base);
	const scaled = (inverseFrequency) => ({
		size,
		pairing: "half",
		inverseFrequency,
		amplitude: 1
	});
	if (section === null) return scaled(plain);
	switch (readKind(section, kinds)) {
		case "default": return scaled(plain);
		case "linear": {
			const factor = factorOf(section);
			return scaled(plain.map((frequency) => frequency / factor));
		}
		case "dynamic":
			factorOf(section);
			return scaled(plain);
		case "llama3": return scaled(llama3Frequencies(plain, section, positions.most));
		case "yarn": return yarn(size, base, section, positions);
		case "longrope": return longrope(size, base, section, positions);
	}
}
// src/models/families/llama-like.ts
/** Rotation of whole heads; base and scaling from the config. */
function wholeHeadRotary(input, shape, base = 1e4) {
	const { config, length } = input;
	config.only("partial_rotary_factor", 1);
	const section = ropeSection(config);
	section?.only("partial_rotary_factor", 1);
	const original = config.countOrNull("original_max_position_embeddings", MOST_POSITIONS, null);
	return rotary(rotarySize(config, "head_dim", 1, shape.headSize), ropeBase(config, section, "rope_theta", base), {
		length,
		most: shape.maxPositions,
		original
	}, section);
}
function llamaLike(input, variant) {
	const { config } = input;
	const { shape, windows, qkNorm, rotated } = variant;
	const none = {
		embeddingScale: 1,
		residualScale: 1,
		logitScale: 1,
		attentionScale: shape.headSize ** -.5
	};
	const { attentionScale, ...scales } = variant.factors ?? none;
	const rotary = wholeHeadRotary(input, shape, variant.ropeBase);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: attentionScale,
		softcap: null,
		qkNorm
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: variant.family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			...scales,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 0
			},
			blocks: windows.map((window, layer) => ({
				layout: "sequential",
				attention: {
					...attention,
					window,
					rotary: rotated?.[layer] === false ? null : rotary
				},
				mlp
			})),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", variant.tied ?? false)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					...preNorms(block, shape),
					...separateAttention(block, shape, {
						qkv: variant.qkvBias,
						output: variant.outputBias
					}),
					...qkNorms(block, shape, qkNorm),
					...gatedMlp(block, shape, variant.mlpBias)
				};
			})
		}
	};
}
// src/models/families/cohere2.ts
const DEFAULTS$14 = {
	n_vocab: 256e3,
	d_model: 8192,
	layers: 40,
	heads: 64,
	kvHeads: null,
	headSize: null,
	d_mlp: 22528,
	maxPositions: 8192
};
/** Factors in use run from 1/16 to 1. */
const LEAST_LOGIT_SCALE = 1e-6;
const GREATEST_LOGIT_SCALE = 1e6;
function cohere2(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$14);
	readFixed(config);
	const slides = cohere2Sliding(config, shape.layers);
	const windows = layerWindows(config, slides, 4096);
	const rotary = {
		...wholeHeadRotary(input, shape),
		pairing: "interleaved"
	};
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "cohere2",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: windows.map((window, layer) => ({
				layout: "parallel",
				attention: {
					...attention,
					window,
					rotary: slides[layer] === true ? rotary : null
				},
				mlp
			})),
			logitScale: config.number("logit_scale", LEAST_LOGIT_SCALE, GREATEST_LOGIT_SCALE, .0625),
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", true)),
			positions: null,
			blocks: perBlock(shape, (layer) => cohere2Block(`${prefix}layers.${layer}`, shape, bias)),
			finalNorm: layerNormWithoutBias(`${prefix}norm`, shape.d_model)
		}
	};
}
function cohere2Block(block, shape, bias) {
	const norm = layerNormWithoutBias(`${block}.input_layernorm`, shape.d_model);
	return {
		preAttention: norm,
		...separateAttention(block, shape, {
			qkv: bias,
			output: bias
		}),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: norm,
		...gatedMlp(block, shape, false),
		postMlp: null
	};
}
/** Every fourth block is global, or every sliding_window_pattern-th, or what layer_types says. */
function cohere2Sliding(config, layers) {
	const key = config.has("_sliding_window_pattern") ? "_sliding_window_pattern" : "sliding_window_pattern";
	const pattern = config.count(key, MOST_LAYERS, 4);
	config.only("layer_switch", pattern);
	return slidingLayers(config, layers, (layer) => (layer + 1) % pattern !== 0);
}
/** What Cohere's own configs state besides, and transformers takes for granted. */
function readFixed(config) {
	config.only("order_of_interleaved_layers", "local_attn_first");
	config.only("position_embedding_type", "rope_gptj");
	config.only("rotary_pct", 1);
	config.only("use_gated_activation", true);
	config.only("use_parallel_block", true);
	config.only("use_qk_norm", false);
	for (const key of ["use_embedding_sharing", "use_parallel_embedding"]) config.value(key);
}
// src/models/families/declared-class.ts
/** What may follow a family's name in the name of a class that computes the same: LlamaForCausalLM, GPT2LMHeadModel. */
const ENDINGS = /^(?:text)?(?:model|lmheadmodel|doubleheadsmodel|for\w+)$/;
/** Longest name that is shown. */
const SHOWN$1 = 80;
function classWarnings(config, family) {
	const [declared] = listed$1(config.value("architectures"));
	const map = config.value("auto_map");
	const own = typeof map === "object" && map !== null ? Object.values(map).flatMap(listed$1) : [];
	const warnings = [];
	if (declared !== void 0 && !belongs(declared, family)) warnings.push(`config.json names the class ${declared}, which is not run: it is computed as ${family}, its model_type`);
	if (own.length > 0) warnings.push(`config.json names code of its own (${own[0]}), which is not run: it is computed as ${family}, its model_type`);
	return warnings;
}
function belongs(declared, family) {
	const stem = family.replace(/_text$/, "").replaceAll("_", "");
	const name = declared.toLowerCase();
	return name.startsWith(stem) && ENDINGS.test(name.slice(stem.length));
}
function listed$1(value) {
	return (Array.isArray(value) ? value : [value ?? null]).filter((item) => typeof item === "string").map((item) => item.slice(0, SHOWN$1));
}
// src/models/families/gemma.ts
const DEFAULTS$13 = {
	n_vocab: 256e3,
	d_model: 3072,
	layers: 28,
	heads: 16,
	kvHeads: 16,
	headSize: 256,
	d_mlp: 24576,
	maxPositions: 8192
};
const GEMMA_ACTIVATIONS = new Map([...ACTIVATIONS, ["gelu", "gelu_tanh"]]);
function gemma(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$13);
	config.only("use_bidirectional_attention", false);
	const legacy = config.choice("hidden_act", GEMMA_ACTIVATIONS, "gelu_pytorch_tanh");
	const activation = config.has("hidden_activation") ? config.choice("hidden_activation", ACTIVATIONS, "gelu_pytorch_tanh") : legacy;
	config.value("hidden_activation");
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: wholeHeadRotary(input, shape),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation,
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "gemma",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: Math.sqrt(shape.d_model),
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 1
			},
			blocks: perBlock(shape, () => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", true)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					...preNorms(block, shape),
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					...qkNorms(block, shape, "none"),
					...gatedMlp(block, shape, false)
				};
			})
		}
	};
}
// src/models/families/gemma-sandwich.ts
/** Caps in use: 30 and 50. */
const GREATEST_SOFTCAP = 1e6;
/** Scalars in use: 144 to 256. */
const GREATEST_SCALAR = 1e6;
/** query_pre_attn_scalar^−½ */
function readAttentionScale({ config }) {
	return config.number("query_pre_attn_scalar", 1e-6, GREATEST_SCALAR, 256) ** -.5;
}
function gemmaSandwich(input, variant) {
	const { config } = input;
	const { shape, prefix } = variant;
	config.only("use_bidirectional_attention", false);
	const activation = config.choice("hidden_activation", ACTIVATIONS, "gelu_pytorch_tanh");
	config.value("hidden_act");
	const mlp = {
		gated: true,
		activation,
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const qkNorm = variant.attention[0]?.qkNorm ?? "none";
	return {
		spec: {
			family: variant.family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: Math.sqrt(shape.d_model),
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-6),
				gainOffset: 1
			},
			blocks: variant.attention.map((attention) => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: variant.logitSoftcap
		},
		weights: {
			...ends(prefix, variant.head, shape, variant.tied),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					...sandwichNorms(block, shape),
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					...qkNorms(block, shape, qkNorm),
					...gatedMlp(block, shape, false)
				};
			})
		}
	};
}
// src/models/families/gemma2.ts
const DEFAULTS$12 = {
	n_vocab: 256e3,
	d_model: 2304,
	layers: 26,
	heads: 8,
	kvHeads: 4,
	headSize: 256,
	d_mlp: 9216,
	maxPositions: 8192
};
/** Attention of each block. */
function gemma2Attention(input, shape) {
	const { config } = input;
	const rotary = wholeHeadRotary(input, shape);
	const scale = readAttentionScale(input);
	const softcap = config.numberOrNull("attn_logit_softcapping", 1e-6, GREATEST_SOFTCAP, 50);
	return layerWindows(config, slidingLayers(config, shape.layers, (layer) => layer % 2 === 0), 4096).map((window) => ({
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale,
		softcap,
		window,
		rotary,
		qkNorm: "none"
	}));
}
function gemma2(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$12);
	return gemmaSandwich(input, {
		family: "gemma2",
		shape,
		attention: gemma2Attention(input, shape),
		logitSoftcap: config.numberOrNull("final_logit_softcapping", 1e-6, GREATEST_SOFTCAP, 30),
		tied: config.flag("tie_word_embeddings", true),
		prefix: bodyPrefix(input),
		head: "lm_head"
	});
}
// src/models/families/gemma3.ts
const DEFAULTS$11 = {
	n_vocab: 262208,
	d_model: 2304,
	layers: 26,
	heads: 8,
	kvHeads: 4,
	headSize: 256,
	d_mlp: 9216,
	maxPositions: 131072
};
/** The rope of sliding or of global blocks. */
function gemma3Rotary(input, shape, slides) {
	const { config, length } = input;
	const stored = config.section("rope_parameters")?.section(slides ? "sliding_attention" : "full_attention") ?? null;
	const scaling = config.section("rope_scaling");
	const section = slides || scaling === null || scaling.isEmpty ? stored : scaling;
	const base = slides ? ropeBase(config, stored, "rope_local_base_freq", 1e4) : ropeBase(config, stored, "rope_theta", 1e6);
	section?.only("partial_rotary_factor", 1);
	return rotary(rotarySize(config, "head_dim", 1, shape.headSize), base, {
		length,
		most: shape.maxPositions,
		original: null
	}, section);
}
/** Every sixth block is global, or every sliding_window_pattern-th, or what layer_types says. */
function gemma3Sliding(config, layers) {
	const key = config.has("_sliding_window_pattern") ? "_sliding_window_pattern" : "sliding_window_pattern";
	const pattern = config.count(key, MOST_LAYERS, 6);
	return slidingLayers(config, layers, (layer) => (layer + 1) % pattern !== 0);
}
function gemma3Attention(input, shape) {
	const { config } = input;
	const sliding = gemma3Sliding(config, shape.layers);
	const windows = layerWindows(config, sliding, 4096);
	const local = gemma3Rotary(input, shape, true);
	const global = gemma3Rotary(input, shape, false);
	const scale = readAttentionScale(input);
	return sliding.map((slides, layer) => ({
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale,
		softcap: null,
		window: windows[layer] ?? null,
		rotary: slides ? local : global,
		qkNorm: "head"
	}));
}
/** The text model: model_type gemma3_text. */
function gemma3Text(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$11);
	if (config.has("attn_logit_softcapping")) throw config.unsupported("attn_logit_softcapping", "null");
	config.value("attn_logit_softcapping");
	return gemmaSandwich(input, {
		family: "gemma3_text",
		shape,
		attention: gemma3Attention(input, shape),
		logitSoftcap: config.numberOrNull("final_logit_softcapping", 1e-6, GREATEST_SOFTCAP, null),
		tied: config.flag("tie_word_embeddings", true),
		prefix: bodyPrefix(input),
		head: headModule(input)
	});
}
/** Keys of the image model around the text model. */
const IMAGE_KEYS$1 = [
	"vision_config",
	"mm_tokens_per_image",
	"boi_token_index",
	"eoi_token_index",
	"image_token_index",
	"boi_token_id",
	"eoi_token_id",
	"image_token_id"
];
/** An image model's config: model_type gemma3, the text model's keys under text_config. Images are left out. */
function gemma3(input) {
	const text = input.config.section("text_config");
	if (text === null) throw input.config.unsupported("text_config", "an object with the text model’s keys");
	for (const key of IMAGE_KEYS$1) input.config.value(key);
	input.config.only("tie_word_embeddings", true);
	return gemma3Text({
		...input,
		config: text
	});
}
// src/models/families/partial-rotary.ts
/** Base and scaling from the config. Errors: CONFIG_VALUE_UNSUPPORTED. */
function partialRotary({ config, length }, shape, { fraction, pairing }) {
	const key = "partial_rotary_factor";
	const section = ropeSection(config);
	const stated = config.number(key, 0, 1, fraction);
	return {
		...rotary(rotarySize(config, key, section?.number(key, 0, 1, stated) ?? stated, shape.headSize), ropeBase(config, section, "rope_theta", 1e4), {
			length,
			most: shape.maxPositions,
			original: null
		}, section),
		pairing
	};
}
// src/models/families/glm4.ts
const DEFAULTS$10 = {
	n_vocab: 151552,
	d_model: 4096,
	layers: 40,
	heads: 32,
	kvHeads: 2,
	headSize: 128,
	d_mlp: 13696,
	maxPositions: 131072
};
const glm = (input) => glmLike(input, "glm");
const glm4 = (input) => glmLike(input, "glm4");
function glmLike(input, family) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$10);
	const bias = config.flag("attention_bias", false);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: partialRotary(input, shape, {
			fraction: .5,
			pairing: "interleaved"
		}),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1.5625e-7),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => glmBlock(`${prefix}layers.${layer}`, shape, {
				family,
				bias
			}))
		}
	};
}
function glmBlock(block, shape, { family, bias }) {
	const gateUp = linear(`${block}.mlp.gate_up_proj`, 2 * shape.d_mlp, shape.d_model, false);
	const behind = family === "glm" ? {} : {
		postAttention: rmsNorm(`${block}.post_self_attn_layernorm`, shape.d_model),
		postMlp: rmsNorm(`${block}.post_mlp_layernorm`, shape.d_model)
	};
	return {
		...preNorms(block, shape),
		...behind,
		...separateAttention(block, shape, {
			qkv: bias,
			output: false
		}),
		qNorm: null,
		kNorm: null,
		gate: take(gateUp, [[0, shape.d_mlp]]),
		up: take(gateUp, [[shape.d_mlp, 2 * shape.d_mlp]]),
		down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, false)
	};
}
// src/models/families/gpt-neo.ts
const LOCAL = /* @__PURE__ */ new Map([["global", false], ["local", true]]);
function readNeoShape(config) {
	const d_model = config.count("hidden_size", WIDEST, 2048);
	const heads = config.count("num_heads", MOST_HEADS, 16);
	return {
		d_model,
		heads,
		kvHeads: heads,
		headSize: dividedHeadSize(config, "num_heads", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, 50257),
		layers: config.count("num_layers", MOST_LAYERS, 24),
		d_mlp: config.count("intermediate_size", WIDEST, 4 * d_model),
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, 2048)
	};
}
/** attention_types, run-length coded: [[["global", "local"], 12]]; expanded it must name every block. */
function localFromTypes(config, layers) {
	const allowed = `a list of [[words from: global, local], times], ${layers} words in all`;
	const types = config.value("attention_types") ?? [[["global", "local"], layers / 2]];
	if (!Array.isArray(types)) throw config.unsupported("attention_types", allowed);
	const local = [];
	for (const entry of types) {
		const [kinds, times] = Array.isArray(entry) ? entry : [];
		if (!Array.isArray(kinds) || typeof times !== "number" || !(kinds.length > 0)) throw config.unsupported("attention_types", allowed);
		for (let turn = 0; turn < times && local.length <= layers; turn++) for (const kind of kinds.slice(0, MOST_LAYERS)) {
			const slides = typeof kind === "string" ? LOCAL.get(kind) : void 0;
			if (slides === void 0) throw config.unsupported("attention_types", allowed);
			local.push(slides);
		}
	}
	if (local.length !== layers) throw config.unsupported("attention_types", allowed);
	return local;
}
function neoBlocks(config, shape) {
	const window = config.count("window_size", MOST_POSITIONS, 256);
	const local = localFromTypes(config, shape.layers);
	if (config.choices("attention_layers", shape.layers, LOCAL)?.some((slides, layer) => slides !== local[layer])) throw config.unsupported("attention_layers", "what attention_types expands to");
	const activation = config.choice("activation_function", ACTIVATIONS, "gelu_new");
	return local.map((slides) => ({
		layout: "sequential",
		attention: {
			heads: shape.heads,
			kvHeads: shape.heads,
			headSize: shape.headSize,
			scale: 1,
			softcap: null,
			window: slides ? window : null,
			rotary: null,
			qkNorm: "none"
		},
		mlp: {
			gated: false,
			activation,
			size: shape.d_mlp
		}
	}));
}
function neoBlock(block, shape) {
	const d = shape.d_model;
	const attention = `${block}.attn.attention`;
	return {
		preAttention: layerNorm(`${block}.ln_1`, d),
		q: linear(`${attention}.q_proj`, d, d, false),
		k: linear(`${attention}.k_proj`, d, d, false),
		v: linear(`${attention}.v_proj`, d, d, false),
		o: linear(`${attention}.out_proj`, d, d, true),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: layerNorm(`${block}.ln_2`, d),
		gate: null,
		up: linear(`${block}.mlp.c_fc`, shape.d_mlp, d, true),
		down: linear(`${block}.mlp.c_proj`, d, shape.d_mlp, true),
		postMlp: null
	};
}
function gptNeo({ config, names }) {
	const shape = readNeoShape(config);
	const prefix = names.prefix("wte.weight", ["transformer.", ""]);
	const embedding = matrix(`${prefix}wte.weight`, shape.n_vocab, shape.d_model);
	const tied = config.flag("tie_word_embeddings", true);
	return {
		spec: {
			family: "gpt_neo",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_epsilon", 1e-5),
				gainOffset: 0
			},
			blocks: neoBlocks(config, shape),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: matrix(`${prefix}wpe.weight`, shape.maxPositions, shape.d_model),
			blocks: perBlock(shape, (layer) => neoBlock(`${prefix}h.${layer}`, shape)),
			finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
			unembedding: tied ? {
				weight: embedding,
				bias: null
			} : linear("lm_head", shape.n_vocab, shape.d_model, false)
		}
	};
}
// src/models/families/gpt-neox.ts
function readNeoxShape({ config }) {
	const d_model = config.count("hidden_size", WIDEST, 6144);
	const heads = config.count("num_attention_heads", MOST_HEADS, 64);
	return {
		d_model,
		heads,
		kvHeads: heads,
		headSize: dividedHeadSize(config, "num_attention_heads", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, 50432),
		layers: config.count("num_hidden_layers", MOST_LAYERS, 44),
		d_mlp: config.count("intermediate_size", WIDEST, 24576),
		maxPositions: config.count("max_position_embeddings", MOST_POSITIONS, 2048)
	};
}
function neoxAttention(input, shape) {
	const { config } = input;
	const section = ropeSection(config);
	const fraction = config.number("rotary_pct", 0, 1, .25);
	const rotated = section?.number("partial_rotary_factor", 0, 1, fraction) ?? fraction;
	return {
		heads: shape.heads,
		kvHeads: shape.heads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: rotary(rotarySize(config, "rotary_pct", rotated, shape.headSize), ropeBase(config, section, "rotary_emb_base", 1e4), {
			length: input.length,
			most: shape.maxPositions,
			original: null
		}, section),
		qkNorm: "none"
	};
}
/** Part 0, 1 or 2 (q, k, v) of each head's 3 · headSize rows. */
function headRows(shape, part) {
	return Array.from({ length: shape.heads }, (_, head) => {
		const start = (3 * head + part) * shape.headSize;
		return [start, start + shape.headSize];
	});
}
function neoxBlock(block, shape, attentionBias) {
	const fused = linear(`${block}.attention.query_key_value`, 3 * shape.d_model, shape.d_model, attentionBias);
	return {
		preAttention: layerNorm(`${block}.input_layernorm`, shape.d_model),
		q: take(fused, headRows(shape, 0)),
		k: take(fused, headRows(shape, 1)),
		v: take(fused, headRows(shape, 2)),
		o: linear(`${block}.attention.dense`, shape.d_model, shape.d_model, attentionBias),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
		gate: null,
		up: linear(`${block}.mlp.dense_h_to_4h`, shape.d_mlp, shape.d_model, true),
		down: linear(`${block}.mlp.dense_4h_to_h`, shape.d_model, shape.d_mlp, true),
		postMlp: null
	};
}
function gptNeox(input) {
	const { config, names } = input;
	const shape = readNeoxShape(input);
	const attention = neoxAttention(input, shape);
	const layout = config.flag("use_parallel_residual", true) ? "parallel" : "sequential";
	const mlp = {
		gated: false,
		activation: config.choice("hidden_act", ACTIVATIONS, "gelu"),
		size: shape.d_mlp
	};
	const attentionBias = config.flag("attention_bias", true);
	const prefix = names.prefix("embed_in.weight", ["gpt_neox.", ""]);
	const embedding = matrix(`${prefix}embed_in.weight`, shape.n_vocab, shape.d_model);
	const head = names.has("lm_head.weight") && !names.has("embed_out.weight") ? "lm_head" : "embed_out";
	const unembedding = config.flag("tie_word_embeddings", false) ? {
		weight: embedding,
		bias: null
	} : linear(head, shape.n_vocab, shape.d_model, false);
	return {
		spec: {
			family: "gpt_neox",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout,
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: null,
			blocks: perBlock(shape, (layer) => neoxBlock(`${prefix}layers.${layer}`, shape, attentionBias)),
			finalNorm: layerNorm(`${prefix}final_layer_norm`, shape.d_model),
			unembedding
		}
	};
}
// src/models/families/gpt2.ts
function readGpt2Shape(config) {
	const d_model = config.count("n_embd", WIDEST, 768);
	const heads = config.count("n_head", MOST_HEADS, 12);
	return {
		d_model,
		heads,
		kvHeads: heads,
		headSize: dividedHeadSize(config, "n_head", heads, d_model),
		n_vocab: config.count("vocab_size", MOST_VOCABULARY, 50257),
		layers: config.count("n_layer", MOST_LAYERS, 12),
		d_mlp: config.count("n_inner", WIDEST, 4 * d_model),
		maxPositions: config.count("n_positions", MOST_POSITIONS, 1024)
	};
}
function gpt2Blocks(config, shape) {
	const scale = config.flag("scale_attn_weights", true) ? shape.headSize ** -.5 : 1;
	const byLayer = config.flag("scale_attn_by_inverse_layer_idx", false);
	config.flag("reorder_and_upcast_attn", false);
	const activation = config.choice("activation_function", ACTIVATIONS, "gelu_new");
	return perBlock(shape, (layer) => ({
		layout: "sequential",
		attention: {
			heads: shape.heads,
			kvHeads: shape.heads,
			headSize: shape.headSize,
			scale: byLayer ? scale / (layer + 1) : scale,
			softcap: null,
			window: null,
			rotary: null,
			qkNorm: "none"
		},
		mlp: {
			gated: false,
			activation,
			size: shape.d_mlp
		}
	}));
}
function gpt2Block(block, shape) {
	const d = shape.d_model;
	const fused = conv1d(`${block}.attn.c_attn`, 3 * d, d);
	return {
		preAttention: layerNorm(`${block}.ln_1`, d),
		q: take(fused, [[0, d]]),
		k: take(fused, [[d, 2 * d]]),
		v: take(fused, [[2 * d, 3 * d]]),
		o: conv1d(`${block}.attn.c_proj`, d, d),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: layerNorm(`${block}.ln_2`, d),
		gate: null,
		up: conv1d(`${block}.mlp.c_fc`, shape.d_mlp, d),
		down: conv1d(`${block}.mlp.c_proj`, d, shape.d_mlp),
		postMlp: null
	};
}
function gpt2({ config, names }) {
	const shape = readGpt2Shape(config);
	config.only("n_ctx", shape.maxPositions);
	config.only("add_cross_attention", false);
	const prefix = names.prefix("wte.weight", ["transformer.", ""]);
	const embedding = matrix(`${prefix}wte.weight`, shape.n_vocab, shape.d_model);
	const tied = config.flag("tie_word_embeddings", true);
	return {
		spec: {
			family: "gpt2",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_epsilon", 1e-5),
				gainOffset: 0
			},
			blocks: gpt2Blocks(config, shape),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: matrix(`${prefix}wpe.weight`, shape.maxPositions, shape.d_model),
			blocks: perBlock(shape, (layer) => gpt2Block(`${prefix}h.${layer}`, shape)),
			finalNorm: layerNorm(`${prefix}ln_f`, shape.d_model),
			unembedding: tied ? {
				weight: embedding,
				bias: null
			} : linear("lm_head", shape.n_vocab, shape.d_model, false)
		}
	};
}
// src/models/families/granite.ts
const DEFAULTS$9 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
/** Factors in use run from 1/128 to 16. */
const LEAST_FACTOR = 1e-6;
const GREATEST_FACTOR = 1e6;
function granite(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$9);
	const bias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "granite",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: config.flag("mlp_bias", false),
		qkNorm: "none",
		windows: perBlock(shape, () => null),
		factors: readFactors(config)
	});
}
/** logits_scaling is what logits are divided by. attention_multiplier stands for 1/√headSize. */
function readFactors(config) {
	const factor = (key) => config.number(key, LEAST_FACTOR, GREATEST_FACTOR, 1);
	return {
		embeddingScale: factor("embedding_multiplier"),
		attentionScale: factor("attention_multiplier"),
		residualScale: factor("residual_multiplier"),
		logitScale: 1 / factor("logits_scaling")
	};
}
// src/models/families/harmless-keys.ts
/**
* @file Keys of config.json that say nothing about the forward pass of a frozen causal model in evaluation.
*
* Source: PretrainedConfig of transformers 4.57 and 5.18 (names, generation defaults, training-time dropout), and keys
* that widely used exporters add. `quantization_config` is read where the tensors are unpacked, not here.
*/
const IDENTITY = [
	"architectures",
	"model_type",
	"_name_or_path",
	"name_or_path",
	"transformers_version",
	"auto_map",
	"torch_dtype",
	"dtype",
	"quantization_config",
	"quantization",
	"compression_config",
	"_commit_hash",
	"_attn_implementation_autoset",
	"attn_implementation",
	"_attn_implementation",
	"unsloth_fixed",
	"unsloth_version",
	"mup_config",
	"custom_pipelines"
];
const TOKENS$2 = [
	"bos_token_id",
	"eos_token_id",
	"pad_token_id",
	"sep_token_id",
	"decoder_start_token_id",
	"forced_bos_token_id",
	"forced_eos_token_id",
	"tokenizer_class",
	"prefix",
	"suppress_tokens",
	"begin_suppress_tokens",
	"bad_words_ids"
];
const TRAINING = [
	"initializer_range",
	"initializer_factor",
	"attention_dropout",
	"hidden_dropout",
	"classifier_dropout",
	"resid_pdrop",
	"embd_pdrop",
	"attn_pdrop",
	"resid_dropout",
	"embed_dropout",
	"gradient_checkpointing",
	"pretraining_tp",
	"init_device",
	"finetuning_task",
	"problem_type",
	"id2label",
	"label2id",
	"num_labels",
	"task_specific_params",
	"router_aux_loss_coef"
];
const RUNTIME = [
	"use_cache",
	"cache_implementation",
	"return_dict",
	"output_hidden_states",
	"output_attentions",
	"torchscript",
	"use_bfloat16",
	"tf_legacy_loss",
	"pruned_heads",
	"tie_encoder_decoder",
	"chunk_size_feed_forward",
	"is_decoder",
	"cross_attention_hidden_size",
	"return_dict_in_generate",
	"output_scores",
	"remove_invalid_values",
	"max_length",
	"min_length",
	"do_sample",
	"early_stopping",
	"num_beams",
	"num_beam_groups",
	"diversity_penalty",
	"temperature",
	"top_k",
	"top_p",
	"typical_p",
	"repetition_penalty",
	"length_penalty",
	"no_repeat_ngram_size",
	"encoder_no_repeat_ngram_size",
	"num_return_sequences",
	"exponential_decay_length_penalty",
	"max_memory",
	"bits",
	"use_flash_attn",
	"flash_attn",
	"summary_type",
	"summary_use_proj",
	"summary_activation",
	"summary_proj_to_labels",
	"summary_first_dropout"
];
const HARMLESS_KEYS = /* @__PURE__ */ new Set([
	...IDENTITY,
	...TOKENS$2,
	...TRAINING,
	...RUNTIME
]);
// src/models/families/llama.ts
const DEFAULTS$8 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
function llama(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$8);
	const attentionBias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "llama",
		shape,
		qkvBias: attentionBias,
		outputBias: attentionBias,
		mlpBias: config.flag("mlp_bias", false),
		qkNorm: "none",
		windows: perBlock(shape, () => null)
	});
}
// src/models/families/mistral.ts
const DEFAULTS$7 = {
	n_vocab: 32e3,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: 8,
	headSize: null,
	d_mlp: 14336,
	maxPositions: 131072
};
const mistral = (input) => mistralText(input, "mistral");
/** Keys of the image model around the text model. */
const IMAGE_KEYS = [
	"vision_config",
	"image_token_index",
	"image_token_id",
	"projector_hidden_act",
	"vision_feature_layer",
	"multimodal_projector_bias",
	"spatial_merge_size"
];
/** An image model's config: model_type mistral3, the text model's keys under text_config. Images are left out. */
function mistral3(input) {
	const { config } = input;
	const text = config.section("text_config");
	if (text === null) throw config.unsupported("text_config", "an object with the text model’s keys");
	text.only("model_type", "mistral");
	for (const key of IMAGE_KEYS) config.value(key);
	config.only("tie_word_embeddings", text.flag("tie_word_embeddings", false));
	return mistralText({
		...input,
		config: text
	}, "mistral3");
}
function mistralText(input, family) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$7);
	config.only("attention_bias", false);
	config.only("mlp_bias", false);
	return llamaLike(input, {
		family,
		shape,
		qkvBias: false,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: layerWindows(config, Array.from({ length: shape.layers }, () => config.value("sliding_window") !== null), 4096)
	});
}
// src/models/families/olmo.ts
const DEFAULTS$6 = {
	n_vocab: 50304,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
const EPSILON = 1e-5;
const PLAIN_NORM = {
	gain: null,
	bias: null
};
function olmo1(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$6);
	if (config.has("clip_qkv")) throw config.unsupported("clip_qkv", "null");
	config.value("clip_qkv");
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: wholeHeadRotary(input, shape),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "olmo",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: EPSILON,
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, headModule(input), shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					preAttention: PLAIN_NORM,
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					qNorm: null,
					kNorm: null,
					postAttention: null,
					preMlp: PLAIN_NORM,
					...gatedMlp(block, shape, false),
					postMlp: null
				};
			}),
			finalNorm: PLAIN_NORM
		}
	};
}
// src/models/families/olmo2.ts
const DEFAULTS$5 = {
	n_vocab: 50304,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 2048
};
function olmo2(input) {
	const shape = readShape(input.config, DEFAULTS$5);
	const rotary = wholeHeadRotary(input, shape);
	return olmo(input, {
		family: "olmo2",
		shape
	}, () => ({
		window: null,
		rotary
	}));
}
function olmo3(input) {
	const { config, length } = input;
	const shape = readShape(config, DEFAULTS$5);
	const slides = slidingLayers(config, shape.layers, (layer) => (layer + 1) % 4 !== 0);
	const windows = layerWindows(config, slides, 4096);
	const scaled = wholeHeadRotary(input, shape);
	const base = ropeBase(config, ropeSection(config), "rope_theta", 1e4);
	const plain = rotary(shape.headSize, base, {
		length,
		most: shape.maxPositions,
		original: null
	}, null);
	return olmo(input, {
		family: "olmo3",
		shape
	}, (layer) => ({
		window: windows[layer] ?? null,
		rotary: slides[layer] === true ? plain : scaled
	}));
}
function olmo({ config, ...input }, { family, shape }, ofBlock) {
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		qkNorm: "full"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const bias = config.flag("attention_bias", false);
	const prefix = bodyPrefix({
		config,
		...input
	});
	return {
		spec: {
			family,
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, (layer) => ({
				layout: "sequential",
				attention: {
					...attention,
					...ofBlock(layer)
				},
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				return {
					preAttention: null,
					...separateAttention(block, shape, {
						qkv: bias,
						output: bias
					}),
					...qkNorms(block, shape, "full"),
					postAttention: rmsNorm(`${block}.post_attention_layernorm`, shape.d_model),
					preMlp: null,
					...gatedMlp(block, shape, false),
					postMlp: rmsNorm(`${block}.post_feedforward_layernorm`, shape.d_model)
				};
			})
		}
	};
}
// src/models/families/phi.ts
const DEFAULTS$4 = {
	n_vocab: 51200,
	d_model: 2048,
	layers: 24,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 8192,
	maxPositions: 2048
};
function phi(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$4);
	config.only("qk_layernorm", false);
	config.only("tie_word_embeddings", false);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: partialRotary(input, shape, {
			fraction: .5,
			pairing: "half"
		}),
		qkNorm: "none"
	};
	const mlp = {
		gated: false,
		activation: config.choice("hidden_act", ACTIVATIONS, "gelu_new"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "phi",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: "parallel",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding: matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model),
			positions: null,
			blocks: perBlock(shape, (layer) => phiBlock(`${prefix}layers.${layer}`, shape)),
			finalNorm: layerNorm(`${prefix}final_layernorm`, shape.d_model),
			unembedding: linear("lm_head", shape.n_vocab, shape.d_model, true)
		}
	};
}
function phiBlock(block, shape) {
	const queries = shape.heads * shape.headSize;
	const keys = shape.kvHeads * shape.headSize;
	const norm = layerNorm(`${block}.input_layernorm`, shape.d_model);
	return {
		preAttention: norm,
		q: linear(`${block}.self_attn.q_proj`, queries, shape.d_model, true),
		k: linear(`${block}.self_attn.k_proj`, keys, shape.d_model, true),
		v: linear(`${block}.self_attn.v_proj`, keys, shape.d_model, true),
		o: linear(`${block}.self_attn.dense`, shape.d_model, queries, true),
		qNorm: null,
		kNorm: null,
		postAttention: null,
		preMlp: norm,
		gate: null,
		up: linear(`${block}.mlp.fc1`, shape.d_mlp, shape.d_model, true),
		down: linear(`${block}.mlp.fc2`, shape.d_model, shape.d_mlp, true),
		postMlp: null
	};
}
// src/models/families/phi3.ts
const DEFAULTS$3 = {
	n_vocab: 32064,
	d_model: 3072,
	layers: 32,
	heads: 32,
	kvHeads: null,
	headSize: null,
	d_mlp: 8192,
	maxPositions: 4096
};
function phi3Rotary({ config, length }, shape) {
	const section = ropeSection(config);
	const stated = config.number("partial_rotary_factor", 0, 1, 1);
	const fraction = section?.number("partial_rotary_factor", 0, 1, stated) ?? stated;
	const original = config.count("original_max_position_embeddings", MOST_POSITIONS, 4096);
	return rotary(rotarySize(config, "partial_rotary_factor", fraction, shape.headSize), ropeBase(config, section, "rope_theta", 1e4), {
		length,
		most: shape.maxPositions,
		original
	}, section, PHI3_KINDS);
}
/** Rows of qkv_proj: all queries, all keys, all values. Rows of gate_up_proj: all gates, all ups. */
function phi3Block(block, shape) {
	const queries = shape.heads * shape.headSize;
	const keys = shape.kvHeads * shape.headSize;
	const qkv = linear(`${block}.self_attn.qkv_proj`, queries + 2 * keys, shape.d_model, false);
	const gateUp = linear(`${block}.mlp.gate_up_proj`, 2 * shape.d_mlp, shape.d_model, false);
	return {
		...preNorms(block, shape),
		q: take(qkv, [[0, queries]]),
		k: take(qkv, [[queries, queries + keys]]),
		v: take(qkv, [[queries + keys, queries + 2 * keys]]),
		o: linear(`${block}.self_attn.o_proj`, shape.d_model, queries, false),
		qNorm: null,
		kNorm: null,
		gate: take(gateUp, [[0, shape.d_mlp]]),
		up: take(gateUp, [[shape.d_mlp, 2 * shape.d_mlp]]),
		down: linear(`${block}.mlp.down_proj`, shape.d_model, shape.d_mlp, false)
	};
}
function phi3(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$3);
	config.only("attention_bias", false);
	config.only("mlp_bias", false);
	config.only("lm_head_bias", false);
	config.only("full_attn_mod", 1);
	config.only("interpolate_factor", 1);
	const slides = config.has("sliding_window");
	const windows = layerWindows(config, perBlock(shape, () => slides), null);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		rotary: phi3Rotary(input, shape),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	return {
		spec: {
			family: "phi3",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "rms",
				epsilon: readEpsilon(config, "rms_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: windows.map((window) => ({
				layout: "sequential",
				attention: {
					...attention,
					window
				},
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			...ends(prefix, "lm_head", shape, config.flag("tie_word_embeddings", false)),
			positions: null,
			blocks: perBlock(shape, (layer) => phi3Block(`${prefix}layers.${layer}`, shape))
		}
	};
}
// src/models/families/qwen.ts
const DEFAULTS$2 = {
	n_vocab: 151936,
	d_model: 4096,
	layers: 32,
	heads: 32,
	kvHeads: 32,
	headSize: null,
	d_mlp: 22016,
	maxPositions: 32768
};
/** Blocks from max_window_layers on slide, if use_sliding_window says so; layer_types, where given, decides instead. */
function qwenWindows(config, layers) {
	const enabled = config.flag("use_sliding_window", false);
	const first = config.number("max_window_layers", 0, MOST_LAYERS, 28);
	const sliding = slidingLayers(config, layers, (layer) => enabled && layer >= first);
	if (enabled) return layerWindows(config, sliding, 4096);
	if (sliding.includes(true)) throw config.unsupported("use_sliding_window", "true, since layer_types has sliding layers");
	config.value("sliding_window");
	return sliding.map(() => null);
}
function qwen2(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$2);
	config.only("attention_bias", true);
	config.only("use_mrope", false);
	return llamaLike(input, {
		family: "qwen2",
		shape,
		qkvBias: true,
		outputBias: false,
		mlpBias: false,
		qkNorm: "none",
		windows: qwenWindows(config, shape.layers)
	});
}
function qwen3(input) {
	const { config } = input;
	const shape = readShape(config, {
		...DEFAULTS$2,
		headSize: 128
	});
	const bias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "qwen3",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: false,
		qkNorm: "head",
		windows: qwenWindows(config, shape.layers)
	});
}
// src/models/families/smollm3.ts
const DEFAULTS$1 = {
	n_vocab: 128256,
	d_model: 2048,
	layers: 36,
	heads: 16,
	kvHeads: 4,
	headSize: null,
	d_mlp: 11008,
	maxPositions: 32768
};
function smolLm3(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS$1);
	const rotated = rotatedBlocks(config, shape.layers);
	const maySlide = config.flag("use_sliding_window", false);
	const window = config.value("sliding_window");
	const slides = slidingLayers(config, shape.layers, (layer) => maySlide && typeof window === "number" && rotated[layer] === false);
	config.value("max_window_layers");
	const bias = config.flag("attention_bias", false);
	return llamaLike(input, {
		family: "smollm3",
		shape,
		qkvBias: bias,
		outputBias: bias,
		mlpBias: config.flag("mlp_bias", false),
		qkNorm: "none",
		windows: layerWindows(config, slides, null),
		rotated,
		ropeBase: 2e6,
		tied: true
	});
}
/** `no_rope_layers`, else all but every `no_rope_layer_interval`-th. */
function rotatedBlocks(config, layers) {
	const interval = config.count("no_rope_layer_interval", MOST_LAYERS, 4);
	const listed = config.value("no_rope_layers");
	if (listed === void 0 || listed === null) return Array.from({ length: layers }, (_, layer) => (layer + 1) % interval !== 0);
	if (!(Array.isArray(listed) && listed.length === layers) || listed.some((one) => one !== 0 && one !== 1)) throw config.unsupported("no_rope_layers", `a list of ${layers} times 0 or 1`);
	return listed.map((one) => one === 1);
}
// src/models/families/stablelm.ts
const DEFAULTS = {
	n_vocab: 50304,
	d_model: 2560,
	layers: 32,
	heads: 32,
	kvHeads: 32,
	headSize: null,
	d_mlp: 6912,
	maxPositions: 4096
};
function stableLm(input) {
	const { config } = input;
	const shape = readShape(config, DEFAULTS);
	config.only("qk_layernorm", false);
	const isParallel = config.flag("use_parallel_residual", false);
	const bias = config.flag("use_qkv_bias", false);
	const attention = {
		heads: shape.heads,
		kvHeads: shape.kvHeads,
		headSize: shape.headSize,
		scale: shape.headSize ** -.5,
		softcap: null,
		window: null,
		rotary: partialRotary(input, shape, {
			fraction: .25,
			pairing: "half"
		}),
		qkNorm: "none"
	};
	const mlp = {
		gated: true,
		activation: config.choice("hidden_act", ACTIVATIONS, "silu"),
		size: shape.d_mlp
	};
	const prefix = bodyPrefix(input);
	const embedding = matrix(`${prefix}embed_tokens.weight`, shape.n_vocab, shape.d_model);
	const tied = config.flag("tie_word_embeddings", false);
	return {
		spec: {
			family: "stablelm",
			d_model: shape.d_model,
			n_vocab: shape.n_vocab,
			maxPositions: shape.maxPositions,
			embeddingScale: 1,
			residualScale: 1,
			norm: {
				kind: "layer",
				epsilon: readEpsilon(config, "layer_norm_eps", 1e-5),
				gainOffset: 0
			},
			blocks: perBlock(shape, () => ({
				layout: isParallel ? "parallel" : "sequential",
				attention,
				mlp
			})),
			logitScale: 1,
			logitSoftcap: null
		},
		weights: {
			embedding,
			positions: null,
			blocks: perBlock(shape, (layer) => {
				const block = `${prefix}layers.${layer}`;
				const first = layerNorm(`${block}.input_layernorm`, shape.d_model);
				return {
					preAttention: first,
					...separateAttention(block, shape, {
						qkv: bias,
						output: false
					}),
					qNorm: null,
					kNorm: null,
					postAttention: null,
					preMlp: isParallel ? first : layerNorm(`${block}.post_attention_layernorm`, shape.d_model),
					...gatedMlp(block, shape, false),
					postMlp: null
				};
			}),
			finalNorm: layerNorm(`${prefix}norm`, shape.d_model),
			unembedding: tied ? {
				weight: embedding,
				bias: null
			} : linear("lm_head", shape.n_vocab, shape.d_model, false)
		}
	};
}
// src/models/families/tensor-names.ts
/**
* @file The prefixes under which the same model is stored by different exporters.
*
* `AutoModel` saves the body alone (`layers.0…`), `AutoModelForCausalLM` puts it into a module (`model.layers.0…`), image
* models nest it once more. The names that are there decide; where they are not known, the commonest prefix is taken.
*/
var TensorNames = class {
	#names;
	constructor(names) {
		this.#names = names;
	}
	has(name) {
		return this.#names.has(name);
	}
	/** Nothing is known of what is stored. */
	get isEmpty() {
		return this.#names.size === 0;
	}
	[Symbol.iterator]() {
		return this.#names[Symbol.iterator]();
	}
	/** The first prefix with which the probe exists; none does: the first, so that the error names the usual tensor. */
	prefix(probe, prefixes) {
		return prefixes.find((prefix) => this.#names.has(prefix + probe)) ?? prefixes[0];
	}
};
// src/errors/graph.ts
/** @file Problems of joining a checkpoint to a decoder: tensors that are not there or do not fit, models that do not agree. */
const shapeText = (shape) => `[${shape.join(", ")}]`;
const weightMissing = problem("WEIGHT_MISSING", 2, (where, tensor, shape, nearest = null) => ({
	message: `${where}: the config asks for tensor "${tensor}" ${shapeText(shape)}, and the checkpoint has none of that name${nearest === null ? "" : `; the nearest that is stored is "${nearest}"`}.`,
	fix: "Check that the config belongs to these weights and that all their files are there."
}));
const weightShape = problem("WEIGHT_SHAPE", 2, (where, tensor, found, expected) => ({
	message: `${where}: tensor "${tensor}" is ${shapeText(found)}, and the config makes it ${shapeText(expected)}.`,
	fix: "Check that config.json belongs to these weights."
}));
const modelsDiffer = problem("MODELS_DIFFER", 2, (candidate, what, found, reference) => ({
	message: `${candidate} is not a version of the reference: its ${what} is ${found}, the reference's is ${reference}.`,
	fix: "Give a candidate made from this reference: same family, layers, width and vocabulary."
}));
/** Longest token that is shown. */
const SHOWN_TOKEN = 40;
const tokenText$1 = (token) => JSON.stringify(token.slice(0, SHOWN_TOKEN));
/** Both models read the reference's ids. */
const tokensDiffer = problem("TOKENS_DIFFER", 2, (candidate, found) => ({
	message: `${candidate} numbers its tokens otherwise than the reference: id ${found.id} is ${tokenText$1(found.theirs)} to it and ${tokenText$1(found.ours)} to the reference, and so on for ${found.count} ids of the corpus.`,
	fix: "Give a candidate with the reference’s tokenizer; run on the same ids it would read another text. A tokenizer.json that was left beside it from another model can be removed."
}));
const activationGroups = problem("ACTIVATION_GROUPS", 2, (weight, inputs, groupSize) => ({
	message: `The inputs of "${weight}" are to be quantized in groups of ${groupSize}, but it has ${inputs} inputs, which is no multiple.`,
	fix: "Check group_size of input_activations in config.json, or pass --activations ignore."
}));
const hookMissing = problem("HOOK_MISSING", 2, (hook, reason) => ({
	message: `Hook point ${hook}: ${reason}.`,
	fix: "Give the hook the SAE was trained on with --hook, for example blocks.4.hook_resid_post."
}));
// src/models/target-inputs.ts
/** Matrices of a block, in the order of its forward pass. */
const TARGET_ROLES = [
	"q",
	"k",
	"v",
	"o",
	"gate",
	"up",
	"down"
];
const INPUT_OF = {
	q: "qkv",
	k: "qkv",
	v: "qkv",
	o: "o",
	gate: "up",
	up: "up",
	down: "down"
};
/** `blocks.3.down.input` */
function targetInputName({ layer, name }) {
	return `blocks.${layer}.${name}.input`;
}
/** Every target matrix, in the order of the forward pass; those that are fused in one tensor are apart. */
function targets({ weights }) {
	return weights.blocks.flatMap((block, layer) => TARGET_ROLES.flatMap((role) => {
		const linear = block[role];
		return linear === null ? [] : [{
			role,
			linear,
			input: {
				layer,
				name: INPUT_OF[role]
			}
		}];
	}));
}
// src/models/body-program.ts
/**
* @file What a body is run for, as plain data: from where to where, what is read on the way, what is changed on the way. The
* audit's forward pass is the program from the token ids to the final hidden state; a suffix from stored rows, one range
* of blocks at a time and a run with an edit are other programs of the same kind (docs/decisions/2026-11-28-body-programs.md).
*
* Rows: n_row = sequences · n_token rows of the residual stream, (n_row, d_model).
*/
/** The forward pass of an audit. */
function wholeBody$1(taps) {
	return {
		from: "ids",
		to: "hidden",
		taps,
		sums: [],
		edits: []
	};
}
/** The forward pass as far as the last of these hooks: for an audit that looks at nothing behind it. */
function bodyUpTo(taps) {
	const last = taps.reduce((most, { layer }) => Math.max(most, layer), -1);
	return {
		...wholeBody$1(taps),
		to: last + 1
	};
}
/** What `sum` is called among a body's outputs: `blocks.3.down.input.squares`. */
function sumName({ input, of }) {
	return `${targetInputName(input)}.${of}`;
}
/** The blocks that a program runs. */
function blockRange({ from, to }, { spec }) {
	return [from === "ids" ? 0 : from, to === "hidden" ? spec.blocks.length : to];
}
/**
* Check a program against the model it is for. Errors: HOOK_MISSING for a hook that the model does not have. A range that is none, a place outside
* of it and a second edit at a hook are defects of ours.
*/
function checkProgram(program, decoder) {
	const { taps, edits, sums } = program;
	const [first, end] = blockRange(program, decoder);
	if (!(first >= 0 && first <= end && end <= decoder.spec.blocks.length)) throw new RangeError(`no blocks ${first} to ${end}`);
	const hooks = edits.map(({ hook }) => hook);
	for (const hook of [...taps, ...hooks]) checkHook(decoder, hook);
	for (const { layer } of [
		...taps,
		...hooks,
		...sums.map(({ input }) => input)
	]) if (layer < first || layer >= end) throw new RangeError(`block ${layer} is not among ${first} to ${end}`);
	if (new Set(hooks.map(hookName)).size < hooks.length) throw new RangeError("two edits at one hook");
}
/**
* The same program as several over neighbouring blocks, each of up to `bytes` of weights in float32 or one block: one's
* end is the next one's start.
*/
function programParts(program, decoder, bytes) {
	const range = blockRange(program, decoder);
	const within = ({ layer }, [first, end]) => layer >= first && layer < end;
	const ranges = weightRanges(range, decoder, bytes);
	return ranges.map((part, i) => ({
		from: i === 0 ? program.from : part[0],
		to: i === ranges.length - 1 ? program.to : part[1],
		taps: program.taps.filter((hook) => within(hook, part)),
		sums: program.sums.filter(({ input }) => within(input, part)),
		edits: program.edits.filter(({ hook }) => within(hook, part))
	}));
}
/**
* The same for a program whose rows are kept between parts: the embedding is a part of its own, since its table is not in memory beside
* a block then.
*/
function streamedParts(program, decoder, bytes) {
	if (program.from !== "ids" || program.to === 0) return programParts(program, decoder, bytes);
	return [{
		from: "ids",
		to: 0,
		taps: [],
		sums: [],
		edits: []
	}, ...programParts({
		...program,
		from: 0
	}, decoder, bytes)];
}
function weightRanges([first, end], decoder, limit) {
	const { d_model, blocks } = decoder.spec;
	const ranges = [];
	let [start, bytes] = [first, 0];
	for (const [i, block] of blocks.slice(first, end).entries()) {
		const layer = first + i;
		const size = blockBytes(block, d_model);
		if (layer > start && bytes + size > limit) {
			ranges.push([start, layer]);
			[start, bytes] = [layer, 0];
		}
		bytes += size;
	}
	return [...ranges, [start, end]];
}
/** Weights of a block's linear layers in float32. */
function blockBytes({ attention, mlp }, d_model) {
	const { heads, kvHeads, headSize } = attention;
	return 4 * d_model * (headSize * 2 * (heads + kvHeads) + mlp.size * (mlp.gated ? 3 : 2));
}
/** Weights that a program's blocks multiply by, in float32, and the embedding where it starts with it. */
function rangeBytes(program, decoder) {
	const { blocks, d_model, n_vocab } = decoder.spec;
	const embedding = program.from === "ids" ? 4 * n_vocab * d_model : 0;
	return blocks.slice(...blockRange(program, decoder)).reduce((sum, block) => sum + blockBytes(block, d_model), embedding);
}
/** Weights of the whole body in float32: its linear layers, and the embedding. */
function bodyBytes({ spec: { blocks, d_model, n_vocab } }) {
	return blocks.reduce((sum, block) => sum + blockBytes(block, d_model), 4 * n_vocab * d_model);
}
/** Width of a tapped value. Errors: HOOK_MISSING. */
function hookWidth$1(decoder, hook) {
	return placeWidth(checkHook(decoder, hook), hook.name, decoder.spec.d_model);
}
/** Width of what passes a place of a block: that of all heads side by side need not be d_model (Gemma-2-2B: 2048 of 2304). */
function placeWidth({ attention }, name, d_model) {
	switch (name) {
		case "attn.hook_q":
		case "attn.hook_z": return attention.heads * attention.headSize;
		case "attn.hook_k":
		case "attn.hook_v": return attention.kvHeads * attention.headSize;
		default: return d_model;
	}
}
function checkHook(decoder, hook) {
	const block = decoder.spec.blocks[hook.layer];
	const { length } = decoder.spec.blocks;
	if (block === void 0) throw hookMissing(hookName(hook), `the model has blocks 0 to ${length - 1}`);
	if (hook.name === "ln2.hook_normalized" && decoder.weights.blocks[hook.layer]?.preMlp === null) throw hookMissing(hookName(hook), "no norm stands before the MLP in this model");
	if (hook.name === "hook_resid_mid" && block.layout === "parallel") throw hookMissing(hookName(hook), "attention and MLP run in parallel in this model, so there is no resid_mid");
	return block;
}
// src/models/nearest-name.ts
/** @file The stored tensor whose name is most like one that was looked for: what a message can point at. */
/** Names that are compared; a checkpoint of more experts than that is looked at in part. */
const MOST_NAMES = 1e5;
/** Most characters in common at both ends, the shorter name first; null where there are no names. */
function nearestName(wanted, names) {
	let best = null;
	let most = -1;
	let seen = 0;
	for (const name of names) {
		if (seen++ === MOST_NAMES) break;
		const common = commonEnds(wanted, name);
		if (!(common > most || common === most && best !== null && name.length < best.length)) continue;
		best = name;
		most = common;
	}
	return best;
}
function commonEnds(a, b) {
	const shorter = Math.min(a.length, b.length);
	let start = 0;
	while (start < shorter && a[start] === b[start]) start++;
	let end = 0;
	while (end < shorter - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end++;
	return start + end;
}
// src/models/weight-reader.ts
/**
* @file Weights on their way from a checkpoint into a graph: shapes checked, channels cut out, layout [out, in], in the
* type that the graph computes in. A tensor that several roles share (fused q/k/v, tied embeddings) is decoded once
* and dropped when its last role was read.
*/
/** Every reference of a body's weights, once per use. */
function allRefs(weights) {
	return [
		...embeddingRefs(weights),
		...weights.blocks.flatMap(blockRefs),
		...normRefs(weights.finalNorm)
	];
}
/** Those that a program reads, in its order. */
function programRefs(program, decoder) {
	const { weights } = decoder;
	const blocks = weights.blocks.slice(...blockRange(program, decoder));
	return [
		...program.from === "ids" ? embeddingRefs(weights) : [],
		...blocks.flatMap(blockRefs),
		...program.to === "hidden" ? normRefs(weights.finalNorm) : []
	];
}
function embeddingRefs({ embedding, positions }) {
	return positions === null ? [embedding] : [embedding, positions];
}
function normRefs(norm) {
	return [norm?.gain ?? [], norm?.bias ?? []].flat();
}
function blockRefs(block) {
	const { preAttention, qNorm, kNorm, postAttention, preMlp, postMlp } = block;
	const linears = [
		block.q,
		block.k,
		block.v,
		block.o,
		block.gate,
		block.up,
		block.down
	];
	return [...[
		preAttention,
		qNorm,
		kNorm,
		postAttention,
		preMlp,
		postMlp
	].flatMap(normRefs), ...linears.flatMap((linear) => [linear?.weight ?? [], linear?.bias ?? []].flat())];
}
/** Check every tensor of a decoder against the checkpoint's table of contents, before anything is read. */
function checkShapes(table, refs, where) {
	for (const ref of refs) {
		const entry = table.entries.get(ref.tensor);
		if (entry === void 0) {
			const wanted = new Set(refs.map(({ tensor }) => tensor));
			const others = [...table.entries.keys()].filter((name) => !wanted.has(name));
			throw weightMissing(where, ref.tensor, ref.storedShape, nearestName(ref.tensor, others));
		}
		if (entry.shape.join() !== ref.storedShape.join()) throw weightShape(where, ref.tensor, entry.shape, ref.storedShape);
	}
}
/**
* A reader over the uses in `refs`: a tensor is kept from its first use to its last. `remainder`: what to add to the
* tensors that it has, where they are read in float64.
*/
function weightReader(table, refs, remainder = null) {
	const read = cutter(table, refs);
	const rest = remainder === null ? null : cutter(remainder, refs);
	return {
		read,
		async readExact(ref) {
			const stored = await read(ref, "float32");
			const data = Float64Array.from(asFloat32(stored));
			if (rest !== null && remainder?.entries.has(ref.tensor)) {
				const small = asFloat32(await rest(ref, "float32"));
				for (let i = 0; i < data.length; i++) data[i] = (data[i] ?? 0) + (small[i] ?? 0);
			}
			return {
				shape: stored.shape,
				data
			};
		}
	};
}
function cutter(table, refs) {
	const uses = /* @__PURE__ */ new Map();
	for (const ref of refs) uses.set(ref.tensor, (uses.get(ref.tensor) ?? 0) + 1);
	const held = /* @__PURE__ */ new Map();
	return async (ref, type) => {
		const tensor = held.get(ref.tensor) ?? await table.read(ref.tensor);
		const left = (uses.get(ref.tensor) ?? 1) - 1;
		uses.set(ref.tensor, left);
		if (left > 0) held.set(ref.tensor, tensor);
		else held.delete(ref.tensor);
		return converted$1(cut(tensor, ref), type);
	};
}
/** The channels of `ref` out of its tensor, as [out, in]. */
function cut(tensor, ref) {
	const { type, data, shape } = tensor;
	const [rows = 1, columns = 1] = shape;
	if (shape.length < 2) return {
		type,
		...cutRows$1(data, ref.channels, rows, 1),
		shape: [channelCount(ref, rows)]
	};
	if (ref.layout === "in-out") {
		const { data: taken } = cutRows$1(transposed$1(data, rows, columns), ref.channels, columns, rows);
		return {
			type,
			data: taken,
			shape: [channelCount(ref, columns), rows]
		};
	}
	const { data: taken } = cutRows$1(data, ref.channels, rows, columns);
	return {
		type,
		data: taken,
		shape: [channelCount(ref, rows), columns]
	};
}
function channelCount(ref, all) {
	return ref.channels === null ? all : ref.channels.reduce((sum, [start, end]) => sum + end - start, 0);
}
function cutRows$1(data, channels, rows, width) {
	if (channels === null) return { data };
	if (channels.length === 1 && channels[0] !== void 0) return { data: data.subarray(channels[0][0] * width, channels[0][1] * width) };
	const count = channels.reduce((sum, [start, end]) => sum + end - start, 0);
	const out = data instanceof Float32Array ? new Float32Array(count * width) : new Uint16Array(count * width);
	let at = 0;
	for (const [start, end] of channels) {
		if (end > rows) throw new RangeError(`channels ${start}-${end} of ${rows}`);
		out.set(data.subarray(start * width, end * width), at);
		at += (end - start) * width;
	}
	return { data: out };
}
/** [rows, columns] → [columns, rows], in 32 × 32 tiles so that both sides stay in cache. */
function transposed$1(data, rows, columns) {
	const out = data instanceof Float32Array ? new Float32Array(data.length) : new Uint16Array(data.length);
	const tile = 32;
	for (let r0 = 0; r0 < rows; r0 += tile) for (let c0 = 0; c0 < columns; c0 += tile) for (let c = c0; c < Math.min(c0 + tile, columns); c++) for (let r = r0; r < Math.min(r0 + tile, rows); r++) out[c * rows + r] = data[r * columns + c] ?? 0;
	return out;
}
/** The same values in another type; 16-bit to another 16-bit goes through float32. */
function converted$1(weight, type) {
	return type === "stored" ? weight : asType(weight, type);
}
/** The same values in another type. */
function asType(weight, type) {
	if (weight.type === type) return weight;
	const wide = asFloat32(weight);
	if (type === "float32") return {
		type,
		shape: weight.shape,
		data: wide
	};
	const data = new Uint16Array(wide.length);
	if (type === "float16") narrowToFloat16(wide, data);
	else narrowToBfloat16(wide, data);
	return {
		type,
		shape: weight.shape,
		data
	};
}
/** Values as float32; a float32 weight is returned as it is, not copied. */
function asFloat32(weight) {
	const { type, data } = weight;
	if (data instanceof Float32Array) return data;
	const wide = new Float32Array(data.length);
	if (type === "bfloat16") widenBfloat16(data, wide);
	else widenFloat16(data, wide);
	return wide;
}
// src/models/families/unread-tensors.ts
/** Buffers that checkpoints carry along and that are computed, not learned. */
const BUFFERS = /(?:^|\.)(?:rotary_emb\.(?:inv_freq|cos_cached|sin_cached)|(?:attention|attn)\.(?:bias|masked_bias))$/;
/** Parts of a model beside its text decoder: `_keys_to_ignore_on_load_unexpected` of transformers, and the images of Gemma 3 and Mistral 3. */
const BESIDE = /^(?:model\.)?(?:vision\w*|multi_modal_projector|mtp\w*)\./;
/** Scales of the key/value cache and of attention's products; quantizing these is not simulated (the packing says so). */
const CACHE_SCALES = /(?:^|[._])(?:k|v|kv|q|prob|output)_(?:scale|zero_point)$/;
/** What quantizers store beside a weight. Only beside one: a scale by itself (AWQ's act.scales) changes the model. */
const PART = /^(.+)\.(?:(?:weight|input|output)_\w+|weight\..+|scales?|zeros?|zero_point|qzeros|g_idx|perm|SCB|\w+_quantizer\..+)$/;
/** Modules around the text decoder whose number and order differ between versions of transformers and between quantizers. */
const AROUND_TEXT = /^(?:(?:model|language_model|text_model|transformer|module|_orig_mod|base_model)\.)+/;
/** Names that are shown; the others are counted. */
const SHOWN_NAMES = 3;
function unreadTensors(weights, names) {
	const { weight, bias } = weights.unembedding;
	const read = new Set([
		...allRefs(weights),
		weight,
		...bias === null ? [] : [bias]
	].map((ref) => ref.tensor));
	const unread = [...names].filter((name) => !read.has(name) && !isLeftOut(name, names));
	const blocks = new Set(weights.blocks.map(({ o }) => blockOf(o.weight.tensor)));
	const inBlocks = unread.filter((name) => blocks.has(blockOf(name)));
	const others = unread.filter((name) => !inBlocks.includes(name));
	const readNames = new Map([...read].filter(isInBlock).map((name) => [withoutPrefixes(name), name]));
	return {
		inBlocks,
		twice: others.flatMap((other) => {
			const name = readNames.get(withoutPrefixes(other));
			return name === void 0 ? [] : [{
				read: name,
				other
			}];
		}),
		warnings: others.length === 0 ? [] : [othersWarning(others)]
	};
}
/** `model.layers.3.` of `model.layers.3.mlp.up_proj.weight`; the name itself where it has no number. */
function blockOf(name) {
	return /^.*?\.\d+\./.exec(name)?.[0] ?? name;
}
function isInBlock(name) {
	return blockOf(name) !== name;
}
function withoutPrefixes(name) {
	return name.replace(AROUND_TEXT, "");
}
function isLeftOut(name, names) {
	if (BUFFERS.test(name) || BESIDE.test(name) || CACHE_SCALES.test(name)) return true;
	const module = PART.exec(name)?.[1];
	return module !== void 0 && names.has(`${module}.weight`);
}
function othersWarning(unread) {
	const shown = unread.slice(0, SHOWN_NAMES).join(", ");
	const more = unread.length > SHOWN_NAMES ? ", …" : "";
	return `${unread.length} ${unread.length === 1 ? "tensor is" : "tensors are"} not read: ${shown}${more}`;
}
// src/models/families/projections.ts
/** Stored tensor → its size and its input, each once, in block order: q, k, v, o, gate, up, down. */
function projections(decoder) {
	const found = /* @__PURE__ */ new Map();
	for (const { linear, input } of targets(decoder)) {
		const { tensor, storedShape, layout } = linear.weight;
		const [rows = 0, columns = 0] = storedShape;
		const [out, inputs] = layout === "out-in" ? [rows, columns] : [columns, rows];
		found.set(tensor, {
			out,
			in: inputs,
			layout,
			input
		});
	}
	return found;
}
// src/models/families/index.ts
/**
* @file From a Hugging Face config to the decoder it describes. One entry per model_type.
*
* Adding a family: one file beside this one, one line in FAMILIES, one naive forward pass in test/oracle.
*/
const FAMILIES = /* @__PURE__ */ new Map([
	["gpt2", gpt2],
	["gpt_neo", gptNeo],
	["gpt_neox", gptNeox],
	["llama", llama],
	["mistral", mistral],
	["mistral3", mistral3],
	["qwen2", qwen2],
	["qwen3", qwen3],
	["gemma", gemma],
	["gemma2", gemma2],
	["gemma3_text", gemma3Text],
	["gemma3", gemma3],
	["phi3", phi3],
	["olmo", olmo1],
	["olmo2", olmo2],
	["olmo3", olmo3],
	["smollm3", smolLm3],
	["stablelm", stableLm],
	["phi", phi],
	["granite", granite],
	["cohere2", cohere2],
	["glm", glm],
	["glm4", glm4]
]);
/** model_type of every family that can be run. */
const knownFamilies = [...FAMILIES.keys()];
function describeWarnings(config, decoder) {
	const keys = config.unreadKeys(HARMLESS_KEYS).map((key) => `config key ${key} is not known and was ignored`);
	return [...classWarnings(config, decoder.spec.family), ...keys];
}
/**
* The decoder that a config.json describes.
*
* @param length longest sequence that will be run, in positions; selects longrope's short or long factors
* @param tensorNames names in the checkpoint, from which prefixes are found; unknown: the usual ones
* @param spec what to call the model in messages; several may be open
* Errors: FAMILY_UNKNOWN, CONFIG_KEY_MISSING, CONFIG_VALUE_UNSUPPORTED, SEQUENCE_TOO_LONG, TENSORS_UNREAD, TENSORS_TWICE.
*/
function describeDecoder(config, length, tensorNames = /* @__PURE__ */ new Set(), spec = null) {
	const where = spec === null ? "model config" : `${spec}: model config`;
	const reader = new ConfigReader(config, where);
	const modelType = reader.value("model_type");
	const describe = typeof modelType === "string" ? FAMILIES.get(modelType) : void 0;
	if (!describe) throw familyUnknown(where, JSON.stringify(modelType ?? null).slice(0, 80), knownFamilies);
	const names = new TensorNames(tensorNames);
	const { decoder, warnings } = asStored(describe({
		config: reader,
		length,
		names
	}), names);
	const most = decoder.spec.maxPositions;
	if (most !== null && length > most) throw sequenceTooLong(where, length, most);
	const unread = unreadTensors(decoder.weights, names);
	if (unread.twice.length > 0) throw tensorsTwice(where, unread.twice);
	if (unread.inBlocks.length > 0) {
		const { family } = decoder.spec;
		throw tensorsUnread(where, family, unread.inBlocks, classWarnings(reader, family));
	}
	return {
		...decoder,
		warnings: [
			...describeWarnings(reader, decoder),
			...warnings,
			...unread.warnings
		]
	};
}
// src/onnx/devices/cores.ts
/**
* @file Cores that this process may keep busy: the machine's, or fewer where a container has a quota of processor time. More
* threads than that are all stopped together once the quota of a period is used up, spinning or not.
* https://docs.kernel.org/admin-guide/cgroup-v2.html (cpu.max), https://docs.kernel.org/scheduler/sched-bwc.html (version 1)
*/
const ROOT = "/sys/fs/cgroup";
/** At least one. */
function usableCores() {
	return coresWithin(availableParallelism(), quotas(readText));
}
/** Whole cores within every quota; a part of one is left to the rest of the container. */
function coresWithin(cores, allowed) {
	return Math.max(1, Math.floor(Math.min(cores, ...allowed)));
}
/**
* Quotas that hold for this process, in cores: of its control group and of all above it. `read` gives a file's text, null
* where there is none.
*/
function quotas(read) {
	const own = read("/proc/self/cgroup") ?? "";
	const [, second = "/"] = /^0::(\/.*)$/m.exec(own) ?? [];
	const [, first = "/"] = /^\d+:(?:[^:]*,)?cpu(?:,[^:]*)?:(\/.*)$/m.exec(own) ?? [];
	const ofSecond = (group) => {
		const [quota = "", period = ""] = (read(join(ROOT, group, "cpu.max")) ?? "").trim().split(/\s+/);
		return coresOf(quota, period);
	};
	const ofFirst = (group) => {
		const file = (name) => read(join(ROOT, "cpu", group, `cpu.cfs_${name}_us`)) ?? "";
		return coresOf(file("quota"), file("period"));
	};
	return [...upwards$1(second).map(ofSecond), ...upwards$1(first).map(ofFirst)].filter((cores) => cores !== null);
}
/** A group and those above it. A container sees its own group as the root, whatever it is called outside. */
function upwards$1(group) {
	return group === dirname(group) ? [group] : [group, ...upwards$1(dirname(group))];
}
/** Microseconds of processor time per microseconds; null: no quota (`max`, −1, or no such file). */
function coresOf(quota, period) {
	const cores = Number.parseInt(quota, 10) / Number.parseInt(period, 10);
	return cores > 0 && Number.isFinite(cores) ? cores : null;
}
function readText(path) {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return null;
	}
}
// src/onnx/graph/protobuf.ts
/** @file The protobuf wire encodings that ONNX needs. https://protobuf.dev/programming-guides/encoding/ */
const utf8$1 = new TextEncoder();
const WIRE_VARINT = 0;
const WIRE_BYTES = 2;
const WIRE_FIXED32 = 5;
/** A protobuf message under construction. Field numbers are those of onnx.proto. */
var Message = class {
	#parts = [];
	int(field, value) {
		return this.#push(tag(field, WIRE_VARINT), value < 0 ? signedVarint(value) : varint(value));
	}
	float(field, value) {
		const bytes = /* @__PURE__ */ new Uint8Array(4);
		new DataView(bytes.buffer).setFloat32(0, value, true);
		return this.#push(tag(field, WIRE_FIXED32), bytes);
	}
	bytes(field, value) {
		return this.#push(tag(field, WIRE_BYTES), varint(value.byteLength), value);
	}
	string(field, value) {
		return this.bytes(field, utf8$1.encode(value));
	}
	message(field, value) {
		return this.bytes(field, value.finish());
	}
	finish() {
		return Buffer.concat(this.#parts);
	}
	#push(...parts) {
		this.#parts.push(...parts);
		return this;
	}
};
function tag(field, wireType) {
	return varint(field * 8 + wireType);
}
/** Unsigned LEB128. `>>>` would cut at 32 bits, so this divides. */
function varint(value) {
	if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`varint of ${value}`);
	const bytes = [];
	let rest = value;
	for (; rest >= 128; rest = Math.floor(rest / 128)) bytes.push(rest % 128 | 128);
	bytes.push(rest);
	return Uint8Array.from(bytes);
}
/** Negative int64: ten bytes of two's complement. */
function signedVarint(value) {
	const bytes = [];
	let rest = BigInt.asUintN(64, BigInt(value));
	for (; rest >= 128n; rest >>= 7n) bytes.push(Number(rest & 127n) | 128);
	bytes.push(Number(rest));
	return Uint8Array.from(bytes);
}
// src/onnx/graph/graph.ts
/**
* @file Builds an ONNX graph in memory. The shape of the API is WebNN's MLGraphBuilder: operators take values and
* return values; the graph is whatever the outputs reach. Large tensors are not copied into the model: they are
* handed to onnxruntime as named external buffers, one per tensor, so that no single buffer limit is met.
*
* Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto (IR version 10, opset 21).
*/
const IR_VERSION = 10;
const OPSET = 21;
const CONTRIB_OPSET = 1;
const DATA_LOCATION_EXTERNAL = 1;
/** Initializers up to this size are written into the model: shape constants and scalars. */
const INLINE_BYTES = 1024;
const ELEMENT_CODE = {
	float32: 1,
	uint8: 2,
	int8: 3,
	int32: 6,
	int64: 7,
	bool: 9,
	float16: 10,
	float64: 11,
	bfloat16: 16,
	float8e4m3fn: 17
};
const int = (value) => ({
	kind: "int",
	value
});
const float$1 = (value) => ({
	kind: "float",
	value
});
const ints = (value) => ({
	kind: "ints",
	value
});
var GraphBuilder = class {
	#nodes = [];
	#initializers = [];
	#names = [];
	#inputs = [];
	#outputs = [];
	#external = [];
	#scalars = /* @__PURE__ */ new Map();
	#inlineBytes;
	#count = 0;
	/** Initializers of up to `inlineBytes` are written into the model. */
	constructor(inlineBytes = INLINE_BYTES) {
		this.#inlineBytes = inlineBytes;
	}
	input(name, type, shape) {
		const value = {
			name,
			type,
			shape
		};
		this.#inputs.push(value);
		return value;
	}
	/** A weight. `data` holds the elements in row-major order; it must outlive the session's creation. */
	initializer(name, type, shape, data) {
		const bytes = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
		const tensor = new Message();
		for (const dim of shape) tensor.int(1, dim);
		tensor.int(2, ELEMENT_CODE[type]).string(8, name);
		if (bytes.byteLength <= this.#inlineBytes) tensor.bytes(9, bytes);
		else {
			const path = `${name}.bin`;
			for (const [key, value] of [
				["location", path],
				["offset", "0"],
				["length", String(bytes.byteLength)]
			]) tensor.message(13, new Message().string(1, key).string(2, value));
			tensor.int(14, DATA_LOCATION_EXTERNAL);
			this.#external.push({
				path,
				data: bytes
			});
		}
		this.#initializers.push(tensor);
		this.#names.push(name);
		return {
			name,
			type,
			shape
		};
	}
	/** A one-element constant that broadcasts; named after its value, so it is written once. */
	scalar(type, value) {
		const name = `${type}_${value}`;
		const known = this.#scalars.get(name) ?? this.initializer(name, type, [], scalarData(type, value));
		this.#scalars.set(name, known);
		return known;
	}
	/** The integers of a shape, an axes list, … as an int64 constant. */
	integers(values) {
		const name = `ints_${values.join("_").replaceAll("-", "m")}`;
		const data = BigInt64Array.from(values, (value) => BigInt(value));
		const known = this.#scalars.get(name) ?? this.initializer(name, "int64", [values.length], data);
		this.#scalars.set(name, known);
		return known;
	}
	/** A float32 matrix of ones. */
	ones(rows, columns) {
		const name = `ones_${rows}_${columns}`;
		const known = this.#scalars.get(name) ?? this.initializer(name, "float32", [rows, columns], new Float32Array(rows * columns).fill(1));
		this.#scalars.set(name, known);
		return known;
	}
	/** The one primitive. Operators in ops.ts call it with the results they inferred. A null input is left out. */
	node(op, inputs, results, attributes = {}, domain = "") {
		const id = this.#count++;
		const node = new Message();
		for (const input of inputs) node.string(1, input === null ? "" : input.name);
		const outputs = results.map((result, i) => ({
			...result,
			name: `${op.toLowerCase()}_${id}_${i}`
		}));
		for (const output of outputs) node.string(2, output.name);
		node.string(3, `${op}_${id}`).string(4, op);
		for (const [key, value] of Object.entries(attributes)) node.message(5, attributeProto(key, value));
		if (domain !== "") node.string(7, domain);
		this.#nodes.push(node);
		return outputs;
	}
	/** Like `node`, for operators with one result. */
	apply(op, inputs, result, attributes = {}, domain = "") {
		const [value] = this.node(op, inputs, [{
			type: result.type,
			shape: result.shape
		}], attributes, domain);
		if (value === void 0) throw new Error(`${op} has no result`);
		return value;
	}
	/** Make a value an output under a name of its own. */
	output(name, value) {
		const node = new Message().string(1, value.name).string(2, name).string(3, `output_${name}`).string(4, "Identity");
		this.#nodes.push(node);
		this.#outputs.push({
			...value,
			name
		});
	}
	/** The same for the values of a fragment, by name. */
	outputs(values) {
		for (const [name, value] of values) this.output(name, value);
	}
	build() {
		requireDistinct([
			...this.#names,
			...this.#inputs.map(({ name }) => name),
			...this.#outputs.map(({ name }) => name)
		]);
		const graph = new Message();
		for (const node of this.#nodes) graph.message(1, node);
		graph.string(2, "saegate");
		for (const tensor of this.#initializers) graph.message(5, tensor);
		for (const value of this.#inputs) graph.message(11, valueInfo(value));
		for (const value of this.#outputs) graph.message(12, valueInfo(value));
		return {
			bytes: new Message().int(1, IR_VERSION).string(2, "saegate").message(7, graph).message(8, new Message().string(1, "").int(2, OPSET)).message(8, new Message().string(1, "com.microsoft").int(2, CONTRIB_OPSET)).finish(),
			external: this.#external,
			inputs: this.#inputs.map((value) => value.name),
			outputs: this.#outputs.map((value) => value.name)
		};
	}
};
/** Two weights of one name would both be taken for the last of them, without a word from the engine. */
function requireDistinct(names) {
	const seen = /* @__PURE__ */ new Set();
	for (const name of names) {
		if (seen.has(name)) throw new RangeError(`two values are called ${name}`);
		seen.add(name);
	}
}
function scalarData(type, value) {
	switch (type) {
		case "float64": return Float64Array.of(value);
		case "float32": return Float32Array.of(value);
		case "float16": return Uint16Array.of(halfBits(value));
		case "int64": return BigInt64Array.of(BigInt(value));
		case "int32": return Int32Array.of(value);
	}
}
/** Bits of a float16 constant; the constants used are small and exact enough, subnormals flush to zero. */
function halfBits(value) {
	const bits = new Uint32Array(Float32Array.of(value).buffer)[0] ?? 0;
	const sign = bits >>> 16 & 32768;
	const exponent = (bits >>> 23 & 255) - 127 + 15;
	if (exponent <= 0) return sign;
	if (exponent >= 31) return sign | 31744;
	const mantissa = bits & 8388607;
	return sign | (exponent << 10) + (mantissa >>> 13) + ((mantissa & 8191) > 4096 ? 1 : 0);
}
function valueInfo({ name, type, shape }) {
	const dims = new Message();
	for (const dim of shape) dims.message(1, typeof dim === "number" ? new Message().int(1, dim) : new Message().string(2, dim));
	const tensorType = new Message().int(1, ELEMENT_CODE[type]).message(2, dims);
	return new Message().string(1, name).message(2, new Message().message(1, tensorType));
}
/** AttributeProto: name 1, f 2, i 3, s 4, ints 8, type 20 (FLOAT 1, INT 2, STRING 3, INTS 7). */
function attributeProto(name, attribute) {
	const proto = new Message().string(1, name);
	switch (attribute.kind) {
		case "float": return proto.float(2, attribute.value).int(20, 1);
		case "int": return proto.int(3, attribute.value).int(20, 2);
		case "string": return proto.string(4, attribute.value).int(20, 3);
		case "ints":
			for (const item of attribute.value) proto.int(8, item);
			return proto.int(20, 7);
	}
}
// src/onnx/graph/layer-ops.ts
/**
* @file Operators made for the layers of a decoder: norms, activations, rotary embedding, attention. Definitions:
* https://onnx.ai/onnx/operators/ and, for those marked (ort),
* https://github.com/microsoft/onnxruntime/blob/main/docs/ContribOperators.md
*/
var layer_ops_exports = /* @__PURE__ */ __exportAll({
	gelu: () => gelu$1,
	groupQueryAttention: () => groupQueryAttention,
	layerNormalization: () => layerNormalization,
	rotaryEmbedding: () => rotaryEmbedding$1,
	silu: () => silu$1,
	simplifiedLayerNormalization: () => simplifiedLayerNormalization
});
function layerNormalization(g, x, gain, bias, epsilon) {
	const inputs = bias === null ? [x, gain] : [
		x,
		gain,
		bias
	];
	return g.apply("LayerNormalization", inputs, x, {
		axis: int(-1),
		epsilon: float$1(epsilon)
	});
}
/** RMS norm (ort; registered in the default domain). */
function simplifiedLayerNormalization(g, x, gain, epsilon) {
	return g.apply("SimplifiedLayerNormalization", [x, gain], x, {
		axis: int(-1),
		epsilon: float$1(epsilon)
	});
}
function gelu$1(g, x, approximate) {
	const attributes = { approximate: {
		kind: "string",
		value: approximate
	} };
	return g.apply("Gelu", [x], x, attributes);
}
/** x · sigmoid(x) (ort). */
function silu$1(g, x) {
	return g.apply("QuickGelu", [x], x, { alpha: float$1(1) }, "com.microsoft");
}
/**
* Rotary embedding of (n_block, n_token, heads · headSize) with positions 0, 1, … (ort).
* `cos` and `sin` are (max positions, rotated/2).
*/
function rotaryEmbedding$1(g, x, rotary, heads) {
	const attributes = {
		interleaved: int(rotary.interleaved ? 1 : 0),
		num_heads: int(heads),
		rotary_embedding_dim: int(rotary.size)
	};
	const offset = g.integers([0]);
	return g.apply("RotaryEmbedding", [
		x,
		offset,
		rotary.cos,
		rotary.sin
	], x, attributes, "com.microsoft");
}
/**
* Causal attention of (n_block, n_token, ·) without a past (ort). `lastPosition` is n_token − 1 per block (int32),
* `length` n_token (int32 scalar). A query sees keys j with i − window < j ≤ i: onnxruntime's CPU kernel and flash
* attention both take local_window_size as the number of visible keys. Not for WebGPU: models/graph/fused-attention.ts.
*/
function groupQueryAttention(g, q, k, v, sequence, attention) {
	const attributes = {
		num_heads: int(attention.heads),
		kv_num_heads: int(attention.kvHeads),
		scale: float$1(attention.scale),
		softcap: float$1(attention.softcap ?? 0),
		local_window_size: int(attention.window ?? -1)
	};
	const present = {
		type: q.type,
		shape: [
			"n_block",
			attention.kvHeads,
			"n_token",
			"head"
		]
	};
	const inputs = [
		q,
		k,
		v,
		null,
		null,
		sequence.lastPosition,
		sequence.length
	];
	const results = [
		{
			type: q.type,
			shape: q.shape
		},
		present,
		present
	];
	const [out] = g.node("GroupQueryAttention", inputs, results, attributes, "com.microsoft");
	if (out === void 0) throw new Error("GroupQueryAttention has no result");
	return out;
}
// src/onnx/graph/ops.ts
/**
* @file Operators: one function per ONNX operator, named as the operator, which infers the result's shape and adds a
* node. Those made for the layers of a decoder are in layer-ops.ts. Definitions: https://onnx.ai/onnx/operators/
*/
/** (m, k) · (n, k)ᵀ + (n) → (m, n): a linear layer with its weight [out, in] as Hugging Face stores it. */
function gemm(g, x, weight, bias) {
	const inputs = bias === null ? [x, weight] : [
		x,
		weight,
		bias
	];
	const shape = [dim(x, 0), dim(weight, 0)];
	return g.apply("Gemm", inputs, {
		type: x.type,
		shape
	}, { transB: int(1) });
}
/** (…, m, k) · (k, n) → (…, m, n) */
function matMul(g, a, b) {
	return g.apply("MatMul", [a, b], {
		type: a.type,
		shape: [...a.shape.slice(0, -1), dim(b, -1)]
	});
}
function binary(g, op, a, b) {
	const shape = a.shape.length >= b.shape.length ? a.shape : b.shape;
	return g.apply(op, [a, b], {
		type: a.type,
		shape
	});
}
const add = (g, a, b) => binary(g, "Add", a, b);
const sub = (g, a, b) => binary(g, "Sub", a, b);
const mul = (g, a, b) => binary(g, "Mul", a, b);
const max = (g, a, b) => binary(g, "Max", a, b);
const min$1 = (g, a, b) => binary(g, "Min", a, b);
const div = (g, a, b) => binary(g, "Div", a, b);
/** (m, 1) + (n) → (m, n) */
function outerAdd(g, a, b) {
	return g.apply("Add", [a, b], {
		type: a.type,
		shape: [dim(a, 0), dim(b, 0)]
	});
}
function unary(g, op, x) {
	return g.apply(op, [x], x);
}
const relu = (g, x) => unary(g, "Relu", x);
const sqrt = (g, x) => unary(g, "Sqrt", x);
const exp = (g, x) => unary(g, "Exp", x);
const tanh = (g, x) => unary(g, "Tanh", x);
const abs = (g, x) => unary(g, "Abs", x);
/** To the nearest integer, halves to even. */
const round = (g, x) => unary(g, "Round", x);
const sign = (g, x) => unary(g, "Sign", x);
/** A value in another type; nothing is added when it has that type already. */
function cast(g, x, type) {
	if (x.type === type) return x;
	return g.apply("Cast", [x], {
		type,
		shape: x.shape
	}, { to: int(ELEMENT_CODE[type]) });
}
function greater(g, a, b) {
	return g.apply("Greater", [a, b], {
		type: "bool",
		shape: a.shape
	});
}
/** a < b, elementwise. */
function less(g, a, b) {
	return g.apply("Less", [a, b], {
		type: "bool",
		shape: a.shape.length >= b.shape.length ? a.shape : b.shape
	});
}
function where(g, condition, a, b) {
	const widest = [
		a,
		b,
		condition
	].reduce((most, v) => v.shape.length > most.shape.length ? v : most);
	return g.apply("Where", [
		condition,
		a,
		b
	], {
		type: a.type,
		shape: widest.shape
	});
}
/** x where x > threshold, else 0. https://arxiv.org/abs/2407.14435, eq. 3 */
function jumpRelu$1(g, x, threshold) {
	return where(g, greater(g, x, threshold), x, g.scalar("float32", 0));
}
/** 0 keeps a dimension, −1 is inferred; `shape` is what the result has, in names and numbers. */
function reshape(g, x, dims, shape) {
	return g.apply("Reshape", [x, g.integers(dims)], {
		type: x.type,
		shape
	});
}
/** Rows of a table: (n, d)[indices] → (…indices, d) */
function gather(g, table, indices) {
	const shape = [...indices.shape, ...table.shape.slice(1)];
	return g.apply("Gather", [table, indices], {
		type: table.type,
		shape
	}, { axis: int(0) });
}
/** x[i, index[i, j]] → (…index) */
function gatherElements(g, x, index, axis) {
	return g.apply("GatherElements", [x, index], {
		type: x.type,
		shape: index.shape
	}, { axis: int(axis) });
}
function concat(g, values, axis, shape) {
	const [first] = values;
	if (first === void 0) throw new Error("Concat of nothing");
	if (values.length === 1) return first;
	return g.apply("Concat", values, {
		type: first.type,
		shape
	}, { axis: int(axis) });
}
/** Equal parts along an axis. */
function split(g, x, parts, axis, shape) {
	if (parts === 1) return [x];
	const result = {
		type: x.type,
		shape
	};
	return g.node("Split", [x], new Array(parts).fill(result), {
		axis: int(axis),
		num_outputs: int(parts)
	});
}
/** Largest along an axis, which stays as 1; null: of all, every axis stays as 1. */
const reduceMax = (g, x, axis) => reduce(g, "ReduceMax", x, axis);
/** Smallest, likewise. */
const reduceMin = (g, x, axis) => reduce(g, "ReduceMin", x, axis);
function reduce(g, op, x, axis) {
	const rank = x.shape.length;
	const shape = x.shape.map((d, i) => axis === null || i === (axis + rank) % rank ? 1 : d);
	const inputs = axis === null ? [x] : [x, g.integers([axis])];
	return g.apply(op, inputs, {
		type: x.type,
		shape
	}, { keepdims: int(1) });
}
/** Σ over the first axis, which goes: (p, m, n) → (m, n) */
function firstAxisSum(g, x) {
	const shape = x.shape.slice(1);
	return g.apply("ReduceSum", [x, g.integers([0])], {
		type: x.type,
		shape
	}, { keepdims: int(0) });
}
/** Clamp to [low, high]. */
function clip(g, x, low, high) {
	return g.apply("Clip", [
		x,
		low,
		high
	], x);
}
function dim(x, axis) {
	const value = x.shape.at(axis);
	if (value === void 0) throw new Error(`${x.name} has no axis ${axis}`);
	return value;
}
/** The first `count` rows of a table, count known only when the graph runs: (n, d) → (count, d). */
function firstRows(g, table, count) {
	const end = g.apply("Reshape", [cast(g, count, "int64"), g.integers([1])], {
		type: "int64",
		shape: [1]
	});
	const inputs = [
		table,
		g.integers([0]),
		end,
		g.integers([0])
	];
	return g.apply("Slice", inputs, {
		type: table.type,
		shape: ["n_token", ...table.shape.slice(1)]
	});
}
/** Zeros behind the last axis of a tensor: (…, d) → (…, d + count). */
function padLast(g, x, count, shape) {
	const pads = [
		...x.shape.map(() => 0),
		...x.shape.slice(1).map(() => 0),
		count
	];
	return g.apply("Pad", [x, g.integers(pads)], {
		type: x.type,
		shape
	});
}
/** The first `count` entries of the last axis. */
function firstOfLast(g, x, count, shape) {
	const inputs = [
		x,
		g.integers([0]),
		g.integers([count]),
		g.integers([-1])
	];
	return g.apply("Slice", inputs, {
		type: x.type,
		shape
	});
}
/** Columns [start, end) of the last axis. */
function columns(g, x, start, end) {
	const inputs = [
		x,
		g.integers([start]),
		g.integers([end]),
		g.integers([-1])
	];
	return g.apply("Slice", inputs, {
		type: x.type,
		shape: [...x.shape.slice(0, -1), end - start]
	});
}
/** Entries [start, end) of one axis, as far as there are such; both (1) int64, which may be known only when the graph runs. */
function range(g, x, axis, start, end) {
	const shape = x.shape.map((n, i) => i === axis ? `${start.name} to ${end.name}` : n);
	const inputs = [
		x,
		start,
		end,
		g.integers([axis])
	];
	return g.apply("Slice", inputs, {
		type: x.type,
		shape
	});
}
/** Entries from `starts` to `ends` of the first axes, which may be known only when the graph runs. */
function slice$1(g, x, starts, ends, shape) {
	return g.apply("Slice", [
		x,
		starts,
		ends
	], {
		type: x.type,
		shape
	});
}
/** Axis i of the result is axis order[i] of x. */
function transpose$1(g, x, order) {
	const shape = order.map((axis) => dim(x, axis));
	return g.apply("Transpose", [x], {
		type: x.type,
		shape
	}, { perm: ints(order) });
}
/** eˣ / Σ eˣ over the last axis. */
function softmax(g, x) {
	return g.apply("Softmax", [x], x, { axis: int(-1) });
}
/** x − ln Σ eˣ over the last axis. */
function logSoftmax(g, x) {
	return g.apply("LogSoftmax", [x], x, { axis: int(-1) });
}
/** Largest of each row and where: (m, n) → two of (m, 1). */
function top1(g, x) {
	const { values, indices } = topK(g, x, 1);
	return {
		value: values,
		index: indices
	};
}
/** The k largest along the last axis, descending, of equal ones the first: (…, n) → two of (…, k). */
function topK(g, x, k) {
	const shape = [...x.shape.slice(0, -1), k];
	const results = [{
		type: x.type,
		shape
	}, {
		type: "int64",
		shape
	}];
	const [values, indices] = g.node("TopK", [x, g.integers([k])], results, { axis: int(-1) });
	if (values === void 0 || indices === void 0) throw new Error("TopK has no result");
	return {
		values,
		indices
	};
}
/** Σ over columns as a product with ones, which is quicker than ReduceSum: (m, n) → (m, 1) */
function rowSums(g, x) {
	return matMul(g, x, g.ones(dimNumber(x, 1), 1));
}
function dimNumber(x, axis) {
	const value = dim(x, axis);
	if (typeof value !== "number") throw new Error(`${x.name}: axis ${axis} is not known when the graph is built`);
	return value;
}
/** (m, k) · (k, n) + (n) → (m, n): a product with its weight [in, out] as SAEs store it. */
function gemmPlain(g, x, weight, bias) {
	return g.apply("Gemm", [
		x,
		weight,
		bias
	], {
		type: x.type,
		shape: [dim(x, 0), dim(weight, 1)]
	});
}
// src/onnx/devices/arithmetic-check.ts
/**
* @file Does a device compute what the CPU does? The operators of a decoder block in one small graph, run on both, in the type that
* the audit would run them in. A driver or a kernel that is wrong or missing shows here, before an audit whose figures would look
* plausible, or that would fail after an hour; what differs by rounding only passes.
*/
/** Positions and width: more than one step of any kernel, and no whole number of larger ones. */
const ROWS$3 = 72;
const HEADS = 4;
const KEY_HEADS = 2;
const HEAD_SIZE = 16;
const WIDTH = 64;
/** Visible keys, and a cap that scores of −4 to 4 are bent by. */
const WINDOW = 9;
const SOFTCAP = 2;
/**
* Of the largest value. float32 kernels differ by 1e-6, fast approximations of exp and tanh by 1e-5; a 16-bit result is rounded
* once, and so is what attention multiplies with in between. A window or a cap that is left out is off by more than a tenth.
*/
const TOLERANCES = {
	float32: 1e-4,
	float16: .004,
	bfloat16: .03
};
const INPUT = "x";
const LAST = "last_position";
const LENGTH = "length";
/** What the device computes wrongly; null: nothing, up to rounding. Errors: ENGINE_FAILED. */
async function arithmeticProblem(device) {
	const { bodyType } = device;
	const cpu = {
		kind: "cpu",
		threads: device.threads,
		bodyType
	};
	return disagreement$1(await run(blockOperators(cpu, device.kind === "cuda"), cpu), await run(blockOperators(device, device.kind === "cuda"), device), bodyType);
}
/** The first output that differs by more than rounding. */
function disagreement$1(expected, found, type = "float32") {
	for (const [name, right] of expected) {
		const values = found.get(name);
		const size = right.reduce((most, x) => Math.max(most, Math.abs(x)), 0);
		const error = right.reduce((most, x, i) => Math.max(most, Math.abs(x - (values?.[i] ?? NaN))), 0) / size;
		const tolerance = name.startsWith(SIXTEEN_BIT) ? TOLERANCES[type] : TOLERANCES.float32;
		if (!(error <= tolerance)) return `its ${name} differs from the CPU’s by ${error.toExponential(1)} of the largest value, where ${tolerance} is rounding`;
	}
	return null;
}
/** Begins the names of outputs of operators that run in the device's own type. */
const SIXTEEN_BIT = "operand ";
async function run(graph, device) {
	const session = await createSession(graph, device, "a probe");
	try {
		const data = Float32Array.from({ length: 4608 }, (_, i) => 2 * Math.sin(i * i));
		const sequence = {
			[LAST]: {
				type: "int32",
				data: Int32Array.of(71),
				dims: [1]
			},
			[LENGTH]: {
				type: "int32",
				data: Int32Array.of(ROWS$3),
				dims: []
			}
		};
		const result = await session.run({
			[INPUT]: {
				type: "float32",
				data,
				dims: [ROWS$3, WIDTH]
			},
			...graph.inputs.includes(LAST) ? sequence : {}
		});
		return new Map(graph.outputs.map((name) => [name, result.float32(name)]));
	} finally {
		await session.release();
	}
}
/** `fused`: with the operators of a block in the device's own type, attention among them. */
function blockOperators(device, fused) {
	const g = new GraphBuilder();
	const x = g.input(INPUT, "float32", [ROWS$3, WIDTH]);
	const ones = g.initializer("gain", "float32", [WIDTH], new Float32Array(WIDTH).fill(1));
	const normed = layerNormalization(g, x, ones, null, 1e-5);
	const scaled = mul(g, gemm(g, normed, x, null), g.scalar("float32", WIDTH ** -.5));
	const attention = matMul(g, softmax(g, mul(g, tanh(g, scaled), g.scalar("float32", 4))), x);
	const { value, index } = top1(g, attention);
	g.output("LayerNormalization", normed);
	g.output("SimplifiedLayerNormalization", simplifiedLayerNormalization(g, x, ones, 1e-6));
	g.output("Gelu", gelu$1(g, x, "none"));
	g.output("QuickGelu", silu$1(g, x));
	g.output("Gemm", scaled);
	g.output("Softmax", attention);
	g.output("LogSoftmax", logSoftmax(g, attention));
	g.output("TopK", value);
	g.output("GatherElements", gatherElements(g, attention, index, 1));
	g.output("ReduceMax", reduceMax(g, attention, 0));
	if (fused) operandOperators(g, x, device);
	return g.build();
}
/** Products, rotation and attention with a window and a cap in the type of operands: on the CPU in float32, of operands rounded to it. */
function operandOperators(g, x, { kind, bodyType }) {
	const isWide = kind === "cpu" || bodyType === "float32";
	const operand = (value) => {
		const rounded = cast(g, value, bodyType);
		return isWide ? cast(g, rounded, "float32") : rounded;
	};
	const out = (name, value) => g.output(`${SIXTEEN_BIT}${name}`, cast(g, value, "float32"));
	const rows = operand(x);
	out("Gemm", gemm(g, rows, rows, null));
	if (bodyType === "float32") return;
	const sequence = (columns, width) => reshape(g, columns, [
		1,
		ROWS$3,
		width
	], [
		1,
		ROWS$3,
		width
	]);
	const angle = (part) => {
		const half = HEAD_SIZE / 2;
		const data = Float32Array.from({ length: 576 }, (_, i) => Math[part](Math.floor(i / half) / 10 ** (i % half)));
		return operand(g.initializer(part, "float32", [ROWS$3, half], data));
	};
	const tables = {
		cos: angle("cos"),
		sin: angle("sin"),
		size: HEAD_SIZE,
		interleaved: false
	};
	const q = rotaryEmbedding$1(g, sequence(rows, WIDTH), tables, HEADS);
	out("RotaryEmbedding", q);
	const keyWidth = 32;
	const keys = sequence(columns(g, rows, 0, keyWidth), keyWidth);
	const values = sequence(columns(g, rows, 32, WIDTH), keyWidth);
	const length = {
		lastPosition: g.input(LAST, "int32", [1]),
		length: g.input(LENGTH, "int32", [])
	};
	const shape = {
		heads: HEADS,
		kvHeads: KEY_HEADS,
		scale: HEAD_SIZE ** -.5
	};
	const plain = groupQueryAttention(g, q, keys, values, length, {
		...shape,
		softcap: null,
		window: null
	});
	const bent = groupQueryAttention(g, q, keys, values, length, {
		...shape,
		softcap: SOFTCAP,
		window: WINDOW
	});
	out("GroupQueryAttention", plain);
	out("GroupQueryAttention with a cap and a window", bent);
}
// src/onnx/devices/missing-package.ts
/** In the order in which they are asked: a library that is named first, then what a call of it answers. */
const PACKAGES = [
	{
		says: /cudnn/i,
		missing: "cuDNN 9",
		fix: "install the package cudnn9-cuda-12 (or nvidia-cudnn-cu12 of PyPI, its lib folder in LD_LIBRARY_PATH)"
	},
	{
		says: /libcublas|CUBLAS_/i,
		missing: "cuBLAS of CUDA 12",
		fix: "install the package libcublas-12-8 or cuda-libraries-12-8 (or nvidia-cublas-cu12 of PyPI)"
	},
	{
		says: /libcudart/,
		missing: "the runtime of CUDA 12",
		fix: "install the package cuda-cudart-12-8 or cuda-libraries-12-8 (or nvidia-cuda-runtime-cu12 of PyPI)"
	},
	{
		says: /libcufft/,
		missing: "cuFFT of CUDA 12",
		fix: "install the package libcufft-12-8 or cuda-libraries-12-8 (or nvidia-cufft-cu12 of PyPI)"
	},
	{
		says: /libcurand/,
		missing: "cuRAND",
		fix: "install the package libcurand-12-8 or cuda-libraries-12-8 (or nvidia-curand-cu12 of PyPI)"
	},
	{
		says: /driver version is insufficient|CUDA failure 35\b/i,
		missing: "a driver that is new enough for CUDA 12",
		fix: "update the NVIDIA driver to version 525 or later"
	},
	{
		says: /libcuda\.so|no CUDA-capable device|CUDA failure 100\b/i,
		missing: "an NVIDIA driver with a device",
		fix: "install the NVIDIA driver; in a container, start it with --gpus all"
	},
	{
		says: /invalid device ordinal|CUDA failure 101\b/i,
		missing: "a device of that number",
		fix: "nvidia-smi -L lists what there is"
	},
	{
		says: /no kernel image|CUDA failure 209\b/i,
		missing: "kernels for this device’s compute capability in onnxruntime’s provider",
		fix: "use a device of another generation, or --device cpu"
	}
];
/** In words, with what the engine said; null: nothing that is known to be missing. */
function missingPackage(said) {
	const found = PACKAGES.find(({ says }) => says.test(said));
	return found === void 0 ? null : `${found.missing} is missing: ${found.fix}. The engine said: ${said}`;
}
// src/onnx/devices/device.ts
/**
* @file Which device the graphs run on, and in which number type. A device that was named and is not there is an error; `auto` takes
* CUDA, then the CPU (WebGPU only when named: its kernels round differently from one driver to the next).
*/
/** From this compute capability on there are products of bfloat16. https://docs.nvidia.com/cuda/cuda-c-programming-guide/ */
const BFLOAT16_FROM = 8;
/** Choose the device. `storedType`: of the reference's weights. Errors: DEVICE_UNAVAILABLE, PRECISION_UNAVAILABLE. */
async function chooseDevice({ device: choice, precision, threads }, storedType) {
	const cores = threads ?? usableCores();
	const cpu = {
		kind: "cpu",
		threads: cores,
		bodyType: precision === "auto" ? "float32" : precision
	};
	if (choice === "cpu") return {
		device: cpu,
		nvidia: null
	};
	if (choice === "webgpu") return {
		device: await webgpu(cores, precision),
		nvidia: null
	};
	const index = choice === "auto" ? 0 : cudaIndex(choice);
	const nvidia = nvidiaDevice(index);
	const bodyType = precision === "auto" ? typeOnCuda(storedType, nvidia) : precision;
	const device = {
		kind: "cuda",
		threads: cores,
		bodyType,
		index
	};
	const problem = typeProblem(bodyType, nvidia) ?? await problemOf(device);
	if (problem === null) return {
		device,
		nvidia
	};
	if (choice === "auto") return {
		device: cpu,
		nvidia: null
	};
	throw deviceUnavailable(choice, problem);
}
async function webgpu(threads, precision) {
	if (precision !== "auto" && precision !== "float32") throw precisionUnavailable("webgpu", precision);
	const device = {
		kind: "webgpu",
		threads,
		bodyType: "float32"
	};
	const problem = await problemOf(device);
	if (problem !== null) throw deviceUnavailable("webgpu", problem);
	return device;
}
/** The checkpoint's own 16-bit type where the device has products of it; a float32 checkpoint is rounded to float16. */
function typeOnCuda(stored, nvidia) {
	return stored === "bfloat16" && typeProblem("bfloat16", nvidia) === null ? "bfloat16" : "float16";
}
/** Why the device cannot compute in that type; null: it can, or nobody knows, and the probe tells. */
function typeProblem(type, nvidia) {
	if (type !== "bfloat16" || nvidia === null || nvidia.capability === 0) return null;
	if (nvidia.capability >= BFLOAT16_FROM) return null;
	return `${nvidia.name} has compute capability ${nvidia.capability}, and bfloat16 takes ${BFLOAT16_FROM}.0: use --precision float16`;
}
/** What nvidia-smi tells of the device that CUDA counts as `index`. */
function nvidiaDevice(index) {
	return visibleDevice(nvidiaDevices() ?? [], index, process.env.CUDA_VISIBLE_DEVICES);
}
/**
* Does a device compute what the CPU does, in the type that an audit would take there? The operators of a decoder are run on both.
* `choice`: a kind, or one of several CUDA devices.
*/
async function probeDevice(choice) {
	if (choice === "cpu" || choice === "webgpu") return {
		kind: choice,
		problem: await problemOf({
			kind: choice,
			threads: 1,
			bodyType: "float32"
		})
	};
	const index = isCudaDevice(choice) ? cudaIndex(choice) : 0;
	return {
		kind: "cuda",
		problem: await problemOf({
			kind: "cuda",
			threads: 1,
			bodyType: typeOnCuda("bfloat16", nvidiaDevice(index)),
			index
		})
	};
}
/** In words; null: it works. */
async function problemOf(device) {
	const { kind } = device;
	if (kind !== "cpu" && !isBundled(kind)) return missingProvider(kind);
	try {
		return await arithmeticProblem(device);
	} catch (cause) {
		const said = cause instanceof Error ? cause.message : String(cause);
		return kind === "cuda" ? cudaProblem(said) : said;
	}
}
/** What is behind a failure on CUDA. Of a provider that does not load the engine does not say what is missing: its header does. */
function cudaProblem(said) {
	if (!/load shared library/i.test(said)) return missingPackage(said) ?? said;
	const { missing, unsearched } = findCudaLibraries({ libraryPath: process.env.LD_LIBRARY_PATH }, cudaProviderFile());
	const [first] = missing;
	if (first !== void 0) return missingPackage(missing.join(", ")) ?? `missing: ${missing.join(", ")}`;
	const [folder] = unsearched;
	if (folder !== void 0) return `the loader does not look into ${folder}: export LD_LIBRARY_PATH=${folder}`;
	return said;
}
function isBundled(kind) {
	return knowsProvider(kind) && (kind !== "cuda" || cudaProviderInstalled());
}
function missingProvider(kind) {
	if (kind === "webgpu") return "this build of onnxruntime-node carries no WebGPU provider for this platform";
	return "the CUDA provider of onnxruntime-node is not installed (`saegate setup --cuda` downloads it; Linux x64 only, with an NVIDIA driver, CUDA 12 and cuDNN 9)";
}
// src/errors/compression.ts
/** @file What can be wrong with a compression spec such as `rtn:6` or `prune:0.175`. */
const GRAMMAR = "Write rtn:BITS with BITS 2 to 8 (rtn:6), rtn:BITS,group=N (rtn:4,group=128), or prune:SPARSITY with 0 ≤ SPARSITY < 1 (prune:0.175); ,layout=transformerlens goes with both, ,arithmetic=bfloat16 with rtn.";
const compressionSpecMalformed = problem("COMPRESSION_SPEC_MALFORMED", 2, (spec, reason) => ({
	message: `Candidate "${spec}": ${reason}.`,
	fix: GRAMMAR
}));
const compressionMatchUnsupported = problem("COMPRESSION_MATCH_UNSUPPORTED", 2, (spec) => ({
	message: `Candidate "${spec}": pruning matched to another candidate's perplexity is not available yet.`,
	fix: "Name the sparsity instead, for example prune:0.175."
}));
const compressionShapeMismatch = problem("COMPRESSION_SHAPE_MISMATCH", 2, (tensor, found, expected) => ({
	message: `Tensor "${tensor}" has shape [${found.join(", ")}]; compression expected [${expected.join(", ")}].`,
	fix: "Check that config.json belongs to these weights."
}));
const layoutNotCentred = problem("LAYOUT_NOT_CENTRED", 2, (spec, readout) => ({
	message: `Candidate "${spec}": TransformerLens centres what this model writes to its residual stream, and ${readout} is read uncentred.`,
	fix: "Compare at centred read-outs on both sides (--center true, for an SAE that was trained so), or leave layout=transformerlens out."
}));
const layoutElsewhere = problem("LAYOUT_ELSEWHERE", 2, (spec, readout) => ({
	message: `Candidate "${spec}": ${readout} is inside a block, where TransformerLens' folded weights hold something else than the reference's.`,
	fix: "Read the residual stream, attn_out or mlp_out, or leave layout=transformerlens out."
}));
const layoutOfQuantized = problem("LAYOUT_OF_QUANTIZED", 2, (spec) => ({
	message: `Candidate "${spec}": the reference quantizes the inputs of its layers, and norms cannot be folded past that.`,
	fix: "Give the full-precision model as the reference."
}));
// src/compression/spec.ts
/**
* @file What to do to the reference's weights, as the user writes it: `rtn:6`, `rtn:4,group=128`, `prune:0.175`,
* `rtn:6,layout=transformerlens`.
*
* A spec that starts with neither `rtn:` nor `prune:` names a checkpoint and is none of this file's business.
*/
/** As the user would write it: `rtn:4,group=128`. */
function compressionText(how) {
	const layout = how.layout === void 0 ? "" : `,layout=${how.layout}`;
	if (how.method === "prune") return `prune:${how.sparsity}${layout}`;
	const group = how.group === null ? "" : `,group=${how.group}`;
	const arithmetic = how.arithmetic === void 0 ? "" : `,arithmetic=${how.arithmetic}`;
	return `rtn:${how.bits}${group}${layout}${arithmetic}`;
}
/** Two bits leave -2..1, the fewest with a sign and a magnitude; above eight, rounding is not what is being studied. */
const MIN_BITS = 2;
const MAX_BITS = 8;
/**
* Read a candidate spec. Null: not a compression, so a checkpoint.
* Errors: COMPRESSION_SPEC_MALFORMED, COMPRESSION_MATCH_UNSUPPORTED.
*/
function parseCompression(spec) {
	const colon = spec.indexOf(":");
	const method = spec.slice(0, Math.max(colon, 0));
	const [value = "", ...options] = spec.slice(colon + 1).split(",");
	if (method === "rtn") return parseRoundToNearest(spec, value, options);
	if (method === "prune") return parsePrune(spec, value, options);
	return null;
}
function parseRoundToNearest(spec, value, options) {
	const bits = wholeNumber$1(value);
	if (bits === null || bits < MIN_BITS || bits > MAX_BITS) throw compressionSpecMalformed(spec, `"${value}" is not a number of bits from ${MIN_BITS} to ${MAX_BITS}`);
	const given = readOptions(spec, options, [
		"group",
		"layout",
		"arithmetic"
	]);
	const group = given.group === void 0 ? null : wholeNumber$1(given.group);
	if (given.group !== void 0 && (group === null || group < 1)) throw compressionSpecMalformed(spec, `"group=${given.group}" is not group=N with N 1 or more`);
	const layout = layoutOf$1(spec, given.layout);
	if (given.arithmetic !== void 0 && given.arithmetic !== "bfloat16" && given.arithmetic !== "float64") throw compressionSpecMalformed(spec, `arithmetic is float64 or bfloat16, not "${given.arithmetic}"`);
	const arithmetic = given.arithmetic === "bfloat16" ? { arithmetic: "bfloat16" } : {};
	if (group !== null && ("layout" in layout || "arithmetic" in arithmetic)) throw compressionSpecMalformed(spec, "group goes with the rows layout in float64 alone");
	return {
		method: "rtn",
		bits,
		group,
		...layout,
		...arithmetic
	};
}
function parsePrune(spec, value, options) {
	if (value.startsWith("match=")) throw compressionMatchUnsupported(spec);
	const { layout } = readOptions(spec, options, ["layout"]);
	const sparsity = /^(\d+\.?\d*|\.\d+)(e-?\d+)?$/i.test(value) ? Number(value) : NaN;
	if (!(sparsity >= 0 && sparsity < 1)) throw compressionSpecMalformed(spec, `"${value}" is not a sparsity with 0 ≤ sparsity < 1`);
	return {
		method: "prune",
		sparsity,
		...layoutOf$1(spec, layout)
	};
}
function layoutOf$1(spec, given) {
	if (given === void 0 || given === "rows") return {};
	if (given === "transformerlens") return { layout: given };
	throw compressionSpecMalformed(spec, `layout is rows or transformerlens, not "${given}"`);
}
/** `name=value` each, at most once, of the names that there are. */
function readOptions(spec, options, names) {
	const found = {};
	for (const option of options) {
		const [, key = "", value = ""] = /^(\w+)=(.*)$/.exec(option) ?? [];
		const name = names.find((one) => one === key);
		if (name === void 0) throw compressionSpecMalformed(spec, `"${option}" is none of ${names.map((one) => `${one}=…`).join(", ")}`);
		if (found[name] !== void 0) throw compressionSpecMalformed(spec, `${name} is given twice`);
		found[name] = value;
	}
	return found;
}
function wholeNumber$1(text) {
	if (!/^\d{1,9}$/.test(text)) return null;
	return Number(text);
}
// src/contract/activation-quantization.ts
/** The scheme in words, for the report: `int8 dynamic per token`. */
function describeActivations(quantization) {
	const { type, bits, symmetric, strategy, groupSize, dynamic, outlierThreshold, powerOfTwo } = quantization;
	const kind = type === "int" ? `int${bits}` : bits === 8 ? "fp8 e4m3" : "fp4 e2m1";
	const extent = groupSize === null ? strategy : `group of ${groupSize}`;
	const outliers = outlierThreshold === null ? "" : `, outlier columns from ${outlierThreshold} kept`;
	return `${kind} ${dynamic ? "dynamic" : "static"} per ${extent}${symmetric ? "" : ", asymmetric"}${powerOfTwo ? ", scales powers of two" : ""}${outliers}`;
}
// src/audit/subjects/activations.ts
/** By the name of the weight tensor, as the graph builder looks it up. */
function activationsByWeight(checkpoint) {
	const declared = checkpoint.packed?.activations ?? /* @__PURE__ */ new Map();
	return new Map([...declared].map(([module, quantization]) => [`${module}.weight`, quantization]));
}
/** `int8 dynamic per token (24 layers)`; null where nothing is declared. */
function activationsInWords$1(checkpoint, activations) {
	const counts = /* @__PURE__ */ new Map();
	for (const quantization of checkpoint.packed?.activations.values() ?? []) {
		const words = describeActivations(quantization);
		counts.set(words, (counts.get(words) ?? 0) + 1);
	}
	if (counts.size === 0) return null;
	return `${[...counts].map(([words, layers]) => `${words} (${layers} layer${layers === 1 ? "" : "s"})`).join(", ")}${activations === "ignore" ? "; ignored (--activations ignore)" : ""}`;
}
// src/audit/subjects/decoder.ts
/**
* Its warnings are all that can be said without a reference: of the config, and of how the weights are stored.
*
* @param length longest sequence that will be run
* Errors: those of describeDecoder, WEIGHT_MISSING, WEIGHT_SHAPE.
*/
function decoderOf(checkpoint, length) {
	const stored = [...checkpoint.tensors.entries.keys()];
	const names = new Set(stored.filter((name) => !checkpoint.redundant.has(name)));
	const decoder = describeDecoder(checkpoint.config, length, names, checkpoint.spec);
	const { unembedding } = decoder.weights;
	const refs = [...allRefs(decoder.weights), unembedding.weight];
	if (unembedding.bias !== null) refs.push(unembedding.bias);
	checkShapes(checkpoint.tensors, refs, checkpoint.spec);
	return {
		...decoder,
		warnings: [...decoder.warnings, ...checkpoint.warnings]
	};
}
// src/audit/subjects/open-source.ts
/** @file The one door of an audit to its inputs: local paths and `hf:` specs, with the progress of downloads. */
/** Tokens of the longest sequence that is run. */
function longestSequence({ corpus, perplexity }) {
	return Math.max(corpus.blockLength, perplexity.sliding?.window ?? corpus.blockLength);
}
/**
* How the Hub is reached comes from the environment (see hub-settings.ts); SAEGATE_CACHE, which the action sets to a
* folder that it keeps between runs, stands before HF_HUB_CACHE. Errors: HUB_SETTING_INVALID.
*/
function sourceOpener(environment, onProgress, onRanges = () => {}) {
	const cache = environment.SAEGATE_CACHE?.trim();
	const hub = {
		...hubSettings(cache ? {
			...environment,
			HF_HUB_CACHE: cache
		} : environment),
		onRanges,
		onProgress: ({ file, receivedBytes, totalBytes }) => onProgress({
			stage: `download ${file}`,
			done: receivedBytes,
			total: totalBytes,
			unit: "bytes",
			overall: 0
		}),
		onWait: ({ seconds, why }) => onProgress({
			stage: `${why}: waiting`,
			done: 0,
			total: seconds,
			unit: "seconds",
			overall: 0
		})
	};
	return (spec) => openParts(spec, (place) => openFiles(place, hub));
}
/** One part of a split GGUF stands for all: its folder, of which only the parts are seen. */
async function openParts(spec, open) {
	const slash = spec.lastIndexOf("/");
	const file = spec.slice(slash + 1);
	if (!/-\d{5}-of-\d{5}\.gguf$/.test(file)) return await open(spec);
	const files = await open(slash < 0 ? "." : spec.slice(0, slash) || "/");
	if (!files.has(file)) {
		await files.close();
		return await open(spec);
	}
	const parts = ggufPartNames(file).filter((name) => files.has(name));
	return {
		spec,
		revision: files.revision,
		names: parts,
		has: (name) => parts.includes(name),
		open: (name) => files.open(name),
		localPath: (name) => files.localPath(name),
		close: () => files.close()
	};
}
// src/models/user-onnx/element-types.ts
/** @file Element types of ONNX tensors: names and bits. https://github.com/onnx/onnx/blob/main/onnx/onnx.proto */
/** TensorProto.DataType → name and bits of one element. */
const TYPES$1 = /* @__PURE__ */ new Map([
	[1, ["float32", 32]],
	[2, ["uint8", 8]],
	[3, ["int8", 8]],
	[4, ["uint16", 16]],
	[5, ["int16", 16]],
	[6, ["int32", 32]],
	[7, ["int64", 64]],
	[9, ["bool", 8]],
	[10, ["float16", 16]],
	[11, ["float64", 64]],
	[12, ["uint32", 32]],
	[13, ["uint64", 64]],
	[16, ["bfloat16", 16]],
	[17, ["float8e4m3fn", 8]],
	[18, ["float8e4m3fnuz", 8]],
	[19, ["float8e5m2", 8]],
	[20, ["float8e5m2fnuz", 8]],
	[21, ["uint4", 4]],
	[22, ["int4", 4]],
	[23, ["float4e2m1", 4]],
	[24, ["float8e8m0", 8]],
	[25, ["uint2", 2]],
	[26, ["int2", 2]]
]);
/** float32, float16, float64, bfloat16 */
const FLOAT_TYPES = /* @__PURE__ */ new Set([
	1,
	10,
	11,
	16
]);
function elementName(type) {
	return type === null ? "unknown type" : TYPES$1.get(type)?.[0] ?? `type ${type}`;
}
/** Bits of one element; 0 for types without a fixed size. */
function elementBits(type) {
	return TYPES$1.get(type)?.[1] ?? 0;
}
// src/errors/user-onnx.ts
/** @file Problems of a user's own ONNX model as a candidate. */
const listed = (names) => {
	const shown = names.slice(0, 24).join(", ");
	return names.length > 24 ? `${shown}, … (${names.length} in all)` : shown;
};
const onnxMalformed = problem("ONNX_MALFORMED", 2, (file, byte, reason) => ({
	message: `${file} is not a readable ONNX model: at byte ${byte}, ${reason}.`,
	fix: "Fetch or export the file again; a web page or a git-lfs pointer in its place is the usual cause."
}));
const onnxTooLarge = problem("ONNX_TOO_LARGE", 2, (file, what, most) => ({
	message: `${file} has ${what}; at most ${most} are read.`,
	fix: "Export the model with its weights as external data; a protobuf cannot hold more than 2 GiB."
}));
const onnxVersion = problem("ONNX_VERSION_TOO_NEW", 2, (file, what, found, newest) => ({
	message: `${file} uses ${what} ${found}; the engine of this release runs up to ${newest}.`,
	fix: `Export the model again with ${what} ${newest} or lower, or use a newer release of saegate.`
}));
const onnxSeveral = problem("ONNX_AMBIGUOUS", 2, (spec, found) => ({
	message: `${spec} holds several ONNX models: ${listed(found)}.`,
	fix: "Name the one to audit, for example ./model/onnx/model_q4.onnx."
}));
const onnxInput = problem("ONNX_INPUT", 2, (file, input, found, reason) => ({
	message: `${file}: input "${input}" (${found}) ${reason}.`,
	fix: "Export a decoder that takes input_ids and, if it must, attention_mask, position_ids and past_key_values, with batch and length left open."
}));
const onnxNoTokens = problem("ONNX_NO_TOKENS", 2, (file, inputs) => ({
	message: `${file} takes no token ids; its inputs: ${listed(inputs)}.`,
	fix: "Export the decoder with input_ids [batch, sequence], int64 or int32, as an input."
}));
const onnxNoLogits = problem("ONNX_NO_LOGITS", 2, (file, outputs) => ({
	message: `${file} gives no logits [batch, sequence, vocabulary]; its outputs: ${listed(outputs)}.`,
	fix: "Export the model with its language-model head (Optimum: --task text-generation)."
}));
const onnxShape = problem("ONNX_SHAPE", 2, (file, value, found, expected) => ({
	message: `${file}: "${value}" came out as [${found.join(", ")}]; ${expected} was expected.`,
	fix: "Check that the model belongs to this reference and gives logits for every position; with --tap, name a value of the residual stream."
}));
const onnxLastLogits = problem("ONNX_LAST_LOGITS", 2, (file, name, sign) => ({
	message: `${file}: "${name}" holds the logits of the last position only (${sign}); perplexity and KL need those of every position.`,
	fix: "Export it with the logits of every position (onnxruntime-genai: without prune_lm_head; torch: logits_to_keep 0)."
}));
const onnxFixedLength = problem("ONNX_FIXED_LENGTH", 2, (file, found, asked) => ({
	message: `${file} was exported for sequences of exactly ${found} tokens; the audit runs ${asked}.`,
	fix: `Use --block-length ${found} and chunked perplexity only, or export with an open sequence length.`
}));
const onnxDataMissing = problem("ONNX_DATA_MISSING", 2, (file, tensor, data) => ({
	message: `${file}: tensor "${tensor}" lies in "${data}", which is not beside the model.`,
	fix: "Copy the external data file into the folder of the model, under the name it was exported with."
}));
const onnxDataOutside = problem("ONNX_DATA_OUTSIDE", 2, (file, tensor, data) => ({
	message: `${file}: tensor "${tensor}" names the data file "${data}", outside the folder of the model.`,
	fix: "Nothing outside that folder is read. Export the model again with its data beside it; do not use a model from a source you do not trust."
}));
const onnxDataShort = problem("ONNX_DATA_SHORT", 2, (file, tensor, data, end, bytes) => ({
	message: `${file}: tensor "${tensor}" ends at byte ${end} of "${data}", which has ${bytes}.`,
	fix: "The download or export was cut short: fetch the data file again."
}));
const onnxRefused = problem("ONNX_REFUSED", 2, (file, reason) => ({
	message: `${file} cannot be loaded: ${reason}`,
	fix: "Check that the model runs in onnxruntime at all; operators of other engines and prepacked GPU weights do not."
}));
const onnxTapUnclear = problem("ONNX_TAP_UNCLEAR", 2, (file, hook, found, expected, values) => ({
	message: `${file}: ${hook} cannot be placed: a model like the reference adds to its residual stream ${expected} times, this one ${found} times. The values of the stream, in order: ${listed(values)}.`,
	fix: "Name the value that is this hook with --tap (`saegate inspect` lists them)."
}));
const onnxTapUnknown = problem("ONNX_TAP_UNKNOWN", 2, (file, tap, values) => ({
	message: `${file}: --tap ${tap}: no node of the model gives that value. The values of the residual stream: ${listed(values)}.`,
	fix: "Give one of these, or another node output (`saegate inspect` lists them)."
}));
const onnxTapHook = problem("ONNX_TAP_HOOK", 2, (file, hook, reason) => ({
	message: `${file}: ${hook}: ${reason}.`,
	fix: "Use SAEs of hook_resid_pre, hook_resid_mid or hook_resid_post, or name the value with --tap and audit one hook at a time."
}));
const onnxFusedAttention = problem("ONNX_FUSED_ATTENTION", 2, (file, op) => ({
	message: `${file}: its ${op} nodes cannot run on WebGPU: onnxruntime’s fused attention drops soft caps there, and gives wrong results on some drivers.`,
	fix: "Use --device cpu, or export with attention spelled out (torch: attn_implementation=\"eager\")."
}));
const onnxSubgraph = problem("ONNX_MERGED", 2, (file, node) => ({
	message: `${file}: the whole decoder lies inside the branches of the If node "${node}", whose condition is not use_cache_branch; its values cannot be read.`,
	fix: "Give the export before it was merged (decoder_model.onnx), or a plain one."
}));
// src/onnx/graph/wire.ts
/**
* @file Reads protobuf's wire format from bytes nobody vouches for: every length is checked against the message it lies
* in, fields are counted against a budget, and nothing is copied. https://protobuf.dev/programming-guides/encoding/
*
* Left out: groups (deprecated since 2008; ONNX never had them).
*/
/**
* Fields that one model may have. The largest exports have about two million; each costs at most some 200 bytes here,
* so a hostile file of tiny messages stays below two gigabytes.
*/
const MOST_FIELDS = 8e6;
/** Names decoded from one model, bytes; a hundred thousand nodes with long paths for names have some 50 MB. */
const MOST_TEXT = 256 * 2 ** 20;
const LONGEST_NAME$1 = 65536;
const text = new TextDecoder("utf-8");
/** The bytes of one file, read as messages. */
var Wire = class {
	file;
	bytes;
	#view;
	#fieldsLeft = MOST_FIELDS;
	#textLeft = MOST_TEXT;
	constructor(file, bytes) {
		this.file = file;
		this.bytes = bytes;
		this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	}
	/** The fields of the message in [start, end). Errors: ONNX_MALFORMED, ONNX_TOO_LARGE. */
	*fields(start = 0, end = this.bytes.byteLength) {
		for (let at = start; at < end;) {
			if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, "too many protobuf fields", MOST_FIELDS);
			const tag = this.#varint(at, end);
			const field = this.#field(tag.value, tag.next, end);
			at = field.end;
			yield field;
		}
	}
	/** The same, each with its bytes. */
	*rawFields(start = 0, end = this.bytes.byteLength) {
		let at = start;
		for (const field of this.fields(start, end)) {
			yield {
				...field,
				raw: this.bytes.subarray(at, field.end)
			};
			at = field.end;
		}
	}
	/** A name. Errors: ONNX_MALFORMED when it is longer than names are. */
	string({ start, end }) {
		if (end - start > LONGEST_NAME$1) throw this.malformed(start, `a name has ${end - start} bytes`);
		this.#textLeft -= end - start;
		if (this.#textLeft < 0) throw onnxTooLarge(this.file, "too many bytes of names", MOST_TEXT);
		return text.decode(this.bytes.subarray(start, end));
	}
	/** The integers of a repeated field, whether packed or one at a time. */
	*integers(field) {
		if (field.kind === "varint") yield field.value;
		if (field.kind !== "bytes") return;
		for (let at = field.start; at < field.end;) {
			if (this.#fieldsLeft-- === 0) throw onnxTooLarge(this.file, "too many protobuf fields", MOST_FIELDS);
			const { value, next } = this.#varint(at, field.end);
			at = next;
			yield value;
		}
	}
	malformed(byte, reason) {
		return onnxMalformed(this.file, byte, reason);
	}
	#field(tag, at, end) {
		const number = Math.floor(tag / 8);
		if (number === 0 || number > 536870911) throw this.malformed(at, `a field is numbered ${number}`);
		switch (tag % 8) {
			case 0: {
				const { value, next } = this.#varint(at, end);
				return {
					number,
					kind: "varint",
					value,
					start: at,
					end: next
				};
			}
			case 1: return {
				number,
				kind: "fixed64",
				value: 0,
				start: at,
				end: this.#within(at, 8, end)
			};
			case 2: {
				const { value, next } = this.#varint(at, end);
				return {
					number,
					kind: "bytes",
					value: 0,
					start: next,
					end: this.#within(next, value, end)
				};
			}
			case 5: {
				const past = this.#within(at, 4, end);
				return {
					number,
					kind: "float",
					value: this.#view.getFloat32(at, true),
					start: at,
					end: past
				};
			}
			default: throw this.malformed(at, `wire type ${tag % 8} is not one that ONNX uses`);
		}
	}
	#within(start, length, end) {
		if (!(length >= 0 && length <= end - start)) throw this.malformed(start, `a length of ${length} leaves its message, which ends at byte ${end}`);
		return start + length;
	}
	/** Signed 64-bit; beyond 2^53 rounded. */
	#varint(start, end) {
		let value = 0;
		for (let i = 0; i < 10 && start + i < end; i++) {
			const byte = this.bytes[start + i] ?? 0;
			if (i < 7) value += (byte & 127) * 2 ** (7 * i);
			if (byte < 128) return {
				value: i < 7 ? value : this.#wideVarint(start, i + 1),
				next: start + i + 1
			};
		}
		throw this.malformed(start, "a number does not end");
	}
	#wideVarint(start, length) {
		let value = 0n;
		for (let i = 0; i < length; i++) value |= BigInt((this.bytes[start + i] ?? 0) & 127) << BigInt(7 * i);
		return Number(BigInt.asIntN(64, value));
	}
};
// src/onnx/graph/inline-branch.ts
/**
* @file Takes one branch of an If to the top of its graph, byte range by byte range; nothing is decoded and encoded
* again. Optimum merges a decoder with and without its cache into the branches of one If; the values in a branch can be
* read only once the branch is the graph.
*/
/**
* The model with the body `branch` of the node that makes `value` in that node's place. Null when there is no such node
* or body. Errors: ONNX_MALFORMED.
*/
function inlineBranch(file, bytes, value, branch) {
	const wire = new Wire(file, bytes);
	const model = [];
	const graph = [];
	let found = false;
	for (const field of wire.rawFields()) {
		if (field.number !== 7 || field.kind !== "bytes") {
			model.push(field.raw);
			continue;
		}
		for (const part of wire.rawFields(field.start, field.end)) {
			const body = part.number === 1 && part.kind === "bytes" ? bodyOf(wire, part, value, branch) : null;
			for (const raw of body ?? [part.raw]) graph.push(raw);
			found ||= body !== null;
		}
	}
	if (!found) return null;
	return Buffer.concat([...model, new Message().bytes(7, Buffer.concat(graph)).finish()]);
}
/** Nodes and weights of the body, and its outputs under the node's names; null for any other node. */
function bodyOf(wire, node, value, branch) {
	const outputs = [];
	let body = null;
	for (const field of wire.fields(node.start, node.end)) {
		if (field.kind !== "bytes") continue;
		if (field.number === 2) outputs.push(wire.string(field));
		if (field.number === 5) body = attributeGraph(wire, field, branch) ?? body;
	}
	if (body === null || !outputs.includes(value)) return null;
	const parts = [];
	const own = [];
	for (const field of wire.rawFields(body.start, body.end)) {
		if (field.number === 1 || field.number === 5 || field.number === 15) parts.push(field.raw);
		if (field.number === 12 && field.kind === "bytes") own.push(nameOf$1(wire, field));
	}
	for (const [i, output] of outputs.entries()) {
		const inner = own[i];
		if (inner === void 0 || inner === output || output === "") continue;
		const rename = new Message().string(1, inner).string(2, output).string(4, "Identity");
		parts.push(new Message().message(1, rename).finish());
	}
	return parts;
}
function attributeGraph(wire, attribute, branch) {
	let name = "";
	let graph = null;
	for (const field of wire.fields(attribute.start, attribute.end)) {
		if (field.number === 1 && field.kind === "bytes") name = wire.string(field);
		if (field.number === 6 && field.kind === "bytes") graph = field;
	}
	return name === branch ? graph : null;
}
function nameOf$1(wire, valueInfo) {
	for (const field of wire.fields(valueInfo.start, valueInfo.end)) if (field.number === 1 && field.kind === "bytes") return wire.string(field);
	return "";
}
// src/onnx/graph/model-proto.ts
/**
* @file An ONNX model that somebody else made, read as structure: inputs, outputs, nodes, and where each initializer's
* bytes lie. Weights are never looked at. Field numbers: https://github.com/onnx/onnx/blob/main/onnx/onnx.proto
*
* A protobuf parser merges repeated occurrences of the graph, so they are merged here too; model-edit.ts relies on it.
* Of subgraphs (bodies of If, Loop, Scan) only what they read from outside is kept, and their external data.
*/
/** Bodies within bodies; real models have at most two levels. */
const DEEPEST = 16;
/** The largest exports (mixtures of experts, unrolled) have some hundred thousand. */
const MOST_NODES = 1e6;
/** Read the structure of a model. Errors: ONNX_MALFORMED, ONNX_TOO_LARGE. */
function readOnnxModel(file, bytes) {
	return new ModelReader(new Wire(file, bytes)).model();
}
var ModelReader = class {
	#wire;
	#external = [];
	#nodes = 0;
	constructor(wire) {
		this.#wire = wire;
	}
	model() {
		const opsets = /* @__PURE__ */ new Map();
		const graph = {
			nodes: [],
			initializers: /* @__PURE__ */ new Map(),
			inputs: [],
			outputs: []
		};
		let irVersion = 0;
		let producer = "";
		let graphs = 0;
		for (const field of this.#wire.fields()) {
			if (field.number === 1 && field.kind === "varint") irVersion = field.value;
			if (field.kind !== "bytes") continue;
			if (field.number === 2) producer = this.#wire.string(field);
			if (field.number === 7) {
				this.#readGraph(field, graph, 0);
				graphs++;
			}
			if (field.number === 8) this.#readOpset(field, opsets);
			if (field.number === 25) this.#readFunction(field);
		}
		if (graphs === 0 || irVersion === 0) throw this.#wire.malformed(0, "there is no graph or no IR version");
		const inputs = graph.inputs.filter(({ name }) => !graph.initializers.has(name));
		return {
			...graph,
			inputs,
			bytes: this.#wire.bytes,
			irVersion,
			producer,
			opsets,
			external: this.#external
		};
	}
	#readOpset(message, opsets) {
		let domain = "";
		let version = 0;
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") domain = this.#wire.string(field);
			if (field.number === 2 && field.kind === "varint") version = field.value;
		}
		opsets.set(domain === "ai.onnx" ? "" : domain, version);
	}
	/** Functions are opaque nodes here; only their external data matters. */
	#readFunction(message) {
		for (const field of this.#wire.fields(message.start, message.end)) if (field.number === 7 && field.kind === "bytes") this.#readNode(field, 1);
	}
	#readGraph(message, into, depth) {
		if (depth > DEEPEST) throw this.#wire.malformed(message.start, `graphs are nested ${depth} deep`);
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.kind !== "bytes") continue;
			if (field.number === 1) into.nodes.push(this.#readNode(field, depth));
			if (field.number === 11) into.inputs.push(this.#readValueInfo(field));
			if (field.number === 12) into.outputs.push(this.#readValueInfo(field));
			if (field.number === 5) {
				const tensor = this.#readTensor(field);
				into.initializers.set(tensor.name, tensor);
			}
			if (field.number === 15) {
				const tensor = this.#readSparse(field);
				into.initializers.set(tensor.name, tensor);
			}
		}
	}
	#readNode(message, depth) {
		if (++this.#nodes > MOST_NODES) throw onnxTooLarge(this.#wire.file, "too many nodes", MOST_NODES);
		const inputs = [];
		const outputs = [];
		const captured = [];
		const attributes = /* @__PURE__ */ new Map();
		let name = "";
		let op = "";
		let domain = "";
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.kind !== "bytes") continue;
			if (field.number === 1) inputs.push(this.#wire.string(field));
			if (field.number === 2) outputs.push(this.#wire.string(field));
			if (field.number === 3) name = this.#wire.string(field);
			if (field.number === 4) op = this.#wire.string(field);
			if (field.number === 5) this.#readAttribute(field, attributes, captured, depth);
			if (field.number === 7) domain = this.#wire.string(field);
		}
		return {
			name,
			op,
			domain: domain === "ai.onnx" ? "" : domain,
			inputs,
			outputs,
			attributes,
			captured
		};
	}
	#readAttribute(message, into, captured, depth) {
		let name = "";
		let value = null;
		const integers = [];
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") name = this.#wire.string(field);
			if (field.number === 2 && field.kind === "float") value = field.value;
			if (field.number === 3 && field.kind === "varint") value = field.value;
			if (field.number === 8) for (const integer of this.#wire.integers(field)) integers.push(integer);
			if (field.kind !== "bytes") continue;
			if (field.number === 4) value = field.end - field.start > 4096 ? "" : this.#wire.string(field);
			if (field.number === 5) value = this.#readTensor(field);
			if (field.number === 10) this.#readTensor(field);
			if (field.number === 22 || field.number === 23) this.#readSparse(field);
			if (field.number === 6 || field.number === 11) for (const name of this.#readBody(field, depth + 1)) captured.push(name);
		}
		if (integers.length > 0) value = integers;
		if (value !== null) into.set(name, value);
	}
	/** Names that a body reads and does not make. */
	#readBody(message, depth) {
		const body = {
			nodes: [],
			initializers: /* @__PURE__ */ new Map(),
			inputs: [],
			outputs: []
		};
		this.#readGraph(message, body, depth);
		const made = /* @__PURE__ */ new Set([...body.initializers.keys(), ...body.inputs.map(({ name }) => name)]);
		for (const { outputs } of body.nodes) for (const output of outputs) made.add(output);
		const used = [...body.nodes.flatMap(({ inputs, captured }) => [...inputs, ...captured]), ...body.outputs.map(({ name }) => name)];
		return [...new Set(used)].filter((name) => name !== "" && !made.has(name));
	}
	#readTensor(message) {
		const dims = [];
		const entries = /* @__PURE__ */ new Map();
		let name = "";
		let type = 0;
		let isExternal = false;
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1) for (const dim of this.#wire.integers(field)) dims.push(dim);
			if (field.number === 2 && field.kind === "varint") type = field.value;
			if (field.number === 8 && field.kind === "bytes") name = this.#wire.string(field);
			if (field.number === 13 && field.kind === "bytes") this.#readEntry(field, entries);
			if (field.number === 14 && field.kind === "varint") isExternal = field.value === 1;
		}
		const bad = dims.find((dim) => !(Number.isSafeInteger(dim) && dim >= 0));
		if (bad !== void 0) throw this.#wire.malformed(message.start, `tensor "${name}" has a dimension ${bad}`);
		const external = isExternal || entries.has("location") ? this.#externalRange(message, name, entries) : null;
		const tensor = {
			name,
			dims,
			type,
			external
		};
		if (external !== null) this.#external.push(tensor);
		return tensor;
	}
	#externalRange(message, name, entries) {
		const integer = (key) => {
			const written = entries.get(key);
			if (written === void 0 || written === "") return null;
			const value = /^\d{1,16}$/.test(written) ? Number(written) : NaN;
			if (Number.isSafeInteger(value)) return value;
			throw this.#wire.malformed(message.start, `tensor "${name}" has the ${key} "${written.slice(0, 40)}"`);
		};
		return {
			location: entries.get("location") ?? "",
			offset: integer("offset") ?? 0,
			length: integer("length")
		};
	}
	#readSparse(message) {
		let values = {
			name: "",
			dims: [],
			type: 0,
			external: null
		};
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.kind !== "bytes") continue;
			if (field.number === 1) values = this.#readTensor(field);
			if (field.number === 2) this.#readTensor(field);
		}
		return values;
	}
	#readEntry(message, into) {
		let key = "";
		let value = "";
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") key = this.#wire.string(field);
			if (field.number === 2 && field.kind === "bytes") value = this.#wire.string(field);
		}
		into.set(key, value);
	}
	#readValueInfo(message) {
		let name = "";
		let type = null;
		let shape = null;
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number === 1 && field.kind === "bytes") name = this.#wire.string(field);
			if (field.number !== 2 || field.kind !== "bytes") continue;
			for (const kind of this.#wire.fields(field.start, field.end)) {
				if (kind.number !== 1 || kind.kind !== "bytes") continue;
				for (const part of this.#wire.fields(kind.start, kind.end)) {
					if (part.number === 1 && part.kind === "varint") type = part.value;
					if (part.number === 2 && part.kind === "bytes") shape = this.#readShape(part);
				}
			}
		}
		return {
			name,
			type,
			shape
		};
	}
	#readShape(message) {
		const shape = [];
		for (const field of this.#wire.fields(message.start, message.end)) {
			if (field.number !== 1 || field.kind !== "bytes") continue;
			let size = null;
			for (const part of this.#wire.fields(field.start, field.end)) if (part.number === 1 && part.kind === "varint" && part.value > 0) size = part.value;
			shape.push(size);
		}
		return shape;
	}
};
// src/models/user-onnx/external-data.ts
/**
* @file The data files of a user's model, checked before the engine sees their names: beside the model and nowhere else,
* present, and as long as the tensors in them say. They stay where they are.
*/
/**
* Every data file of `model`, once. `name` is the model's own name among `files`.
* Errors: ONNX_DATA_OUTSIDE, ONNX_DATA_MISSING, ONNX_DATA_SHORT, LINK_LEAVES_FOLDER and those of opening a file.
*/
async function dataFiles(model, name, files) {
	const found = /* @__PURE__ */ new Map();
	for (const tensor of model.external) {
		if (tensor.external === null) continue;
		const { location } = tensor.external;
		const known = found.get(location) ?? await dataFile(tensor.name, location, name, files);
		found.set(location, known);
		const end = tensor.external.offset + byteLength(tensor);
		if (end > known.byteLength) throw onnxDataShort(files.spec, tensor.name, location, end, known.byteLength);
	}
	return [...found.values()].map(({ location, name: own, path }) => ({
		location,
		name: own,
		path
	}));
}
/** What the tensor takes; never less than its dimensions need. */
function byteLength({ dims, type, external }) {
	const needed = Math.ceil(dims.reduce((product, dim) => product * dim, 1) * elementBits(type) / 8);
	return Math.max(needed, external?.length ?? 0);
}
async function dataFile(tensor, location, model, files) {
	const written = location.slice(0, 200);
	const plain = location.replace(/^(\.\/)+/, "");
	if (!staysInside(plain)) throw onnxDataOutside(files.spec, tensor, written);
	const name = posix.join(posix.dirname(model), plain);
	if (!files.has(name)) throw onnxDataMissing(files.spec, tensor, written);
	const source = await files.open(name);
	await source.close();
	const path = files.localPath(name);
	if (path === null) throw onnxDataMissing(files.spec, tensor, written);
	return {
		location: plain,
		name,
		path,
		byteLength: source.byteLength
	};
}
// src/models/user-onnx/flow.ts
/**
* @file Where all paths meet. The nodes through which every path from the token ids to the logits goes (cut vertices of
* the data flow) are the spine of a decoder: the embedding, the residual stream between its additions, the final norm,
* the unembedding. What lies inside attention or an MLP is never among them, because the residual goes around it. So
* the stream is found whatever the exporter called it, and however weights are quantized and norms decomposed.
*
* Values that depend on the tokens only through a shape (masks, positions) are no data: paths end at Shape and Size.
*/
/** Errors: ONNX_MALFORMED for a graph with a cycle or a value made twice. */
function dataFlow(file, model, ids, logits) {
	const producer = producers(file, model);
	const consumers = consumersOf(model);
	const order = topological(file, pathNodes(producer, consumers, ids, logits), producer);
	const position = new Map(order.map((node, i) => [node, i]));
	return {
		producer,
		consumers,
		position,
		spine: cutNodes(order, position, consumers, ids)
	};
}
/** Every value a node reads; an optional input that is left out has an empty name and is none. */
function reads({ inputs, captured }) {
	const given = inputs.includes("") ? inputs.filter((name) => name !== "") : inputs;
	return captured.length === 0 ? given : [...given, ...captured];
}
function producers(file, model) {
	const producer = /* @__PURE__ */ new Map();
	for (const node of model.nodes) for (const output of node.outputs) {
		if (output === "") continue;
		if (producer.has(output)) throw onnxMalformed(file, 0, `two nodes make the value "${output}"`);
		producer.set(output, node);
	}
	return producer;
}
function consumersOf(model) {
	const consumers = /* @__PURE__ */ new Map();
	for (const node of model.nodes) {
		if (node.op === "Shape" || node.op === "Size") continue;
		for (const name of new Set(reads(node))) {
			const known = consumers.get(name);
			if (known === void 0) consumers.set(name, [node]);
			else known.push(node);
		}
	}
	return consumers;
}
/** Nodes that the ids reach and that reach the logits. */
function pathNodes(producer, consumers, ids, logits) {
	const reached = /* @__PURE__ */ new Set();
	const ahead = [...consumers.get(ids) ?? []];
	for (let node = ahead.pop(); node !== void 0; node = ahead.pop()) {
		if (reached.has(node)) continue;
		reached.add(node);
		for (const output of node.outputs) for (const next of consumers.get(output) ?? []) ahead.push(next);
	}
	const onPath = /* @__PURE__ */ new Set();
	const back = [logits];
	for (let name = back.pop(); name !== void 0; name = back.pop()) {
		const node = producer.get(name);
		if (node === void 0 || !reached.has(node) || onPath.has(node)) continue;
		onPath.add(node);
		for (const input of reads(node)) back.push(input);
	}
	return onPath;
}
/** Kahn's algorithm. */
function topological(file, nodes, producer) {
	const waiting = /* @__PURE__ */ new Map();
	const after = /* @__PURE__ */ new Map();
	for (const node of nodes) {
		const before = /* @__PURE__ */ new Set();
		for (const name of reads(node)) {
			const from = producer.get(name);
			if (from !== void 0 && nodes.has(from)) before.add(from);
		}
		waiting.set(node, before.size);
		for (const from of before) {
			const known = after.get(from);
			if (known === void 0) after.set(from, [node]);
			else known.push(node);
		}
	}
	const order = [...nodes].filter((node) => waiting.get(node) === 0);
	for (const node of order) for (const next of after.get(node) ?? []) {
		const left = (waiting.get(next) ?? 0) - 1;
		waiting.set(next, left);
		if (left === 0) order.push(next);
	}
	if (order.length < nodes.size) throw onnxMalformed(file, 0, "the graph has a cycle");
	return order;
}
/**
* A node is on every path exactly when no edge of the topological order jumps over it: a path around it needs such an
* edge, and every edge lies on a path.
*/
function cutNodes(order, position, consumers, ids) {
	const farthest = (names) => {
		let most = -1;
		for (const name of names) for (const next of consumers.get(name) ?? []) most = Math.max(most, position.get(next) ?? -1);
		return most;
	};
	const spine = [];
	let far = farthest([ids]);
	for (const [i, node] of order.entries()) {
		if (far <= i) spine.push(node);
		far = Math.max(far, farthest(node.outputs));
	}
	return spine;
}
// src/models/user-onnx/quantization.ts
/** Describe the quantization of a model; pure, from its structure. */
function quantizationOf(model) {
	const packed = /* @__PURE__ */ new Map();
	for (const node of model.nodes) {
		const found = packedWeight(model, node);
		if (found !== null) packed.set(found.tensor, found);
	}
	const activations = activationsInWords(model.nodes);
	if (packed.size === 0) return {
		...floats(model),
		activations
	};
	const all = [...packed.values()];
	const parameters = all.reduce((sum, { weights }) => sum + weights, 0);
	return {
		method: `onnx ${commonest(all.map(({ method, weights }) => [method, weights])).join(" + ")}`,
		bits: all.reduce((sum, { bits }) => sum + bits, 0) / Math.max(1, parameters),
		tensors: all.length,
		parameters,
		activations
	};
}
/** Whether any node holds a quantized weight. */
function isQuantized(model) {
	return model.nodes.some((node) => packedWeight(model, node) !== null);
}
function floats(model) {
	const tensors = [...model.initializers.values()].filter(({ type }) => FLOAT_TYPES.has(type));
	const parameters = tensors.reduce((sum, tensor) => sum + count(tensor), 0);
	const bits = tensors.reduce((sum, tensor) => sum + count(tensor) * elementBits(tensor.type), 0);
	return {
		method: `onnx ${commonest(tensors.map((tensor) => [elementName(tensor.type), count(tensor)]))[0] ?? "without weights"}`,
		bits: bits / Math.max(1, parameters),
		tensors: tensors.length,
		parameters
	};
}
/** Labels by descending weight, at most three. */
function commonest(labelled) {
	const sums = /* @__PURE__ */ new Map();
	for (const [label, weight] of labelled) sums.set(label, (sums.get(label) ?? 0) + weight);
	return [...sums].sort(([, a], [, b]) => b - a).slice(0, 3).map(([label]) => label);
}
function count({ dims }) {
	return dims.reduce((product, dim) => product * dim, 1);
}
/** Bits of a stored tensor; 0 when it is not an initializer. */
function storedBits(model, name) {
	const tensor = model.initializers.get(name ?? "");
	return tensor === void 0 ? 0 : count(tensor) * elementBits(tensor.type);
}
function packedWeight(model, node) {
	switch (node.op) {
		case "MatMulNBits": return matMulNBits(model, node);
		case "MatMulBnb4": return withScales(model, node, 1, [1, 2], "MatMulBnb4 4-bit", integer(node, "K") * integer(node, "N"));
		case "GatherBlockQuantized": return gatherBlockQuantized(model, node);
		case "DequantizeLinear": return plain(model, node, 0, [
			0,
			1,
			2
		], "DequantizeLinear");
		case "MatMulInteger": return plain(model, node, 1, [1, 3], "MatMulInteger");
		case "DynamicQuantizeMatMul":
		case "MatMulIntegerToFloat": return plain(model, node, 1, [
			1,
			2,
			4
		], node.op);
		case "QLinearMatMul":
		case "QGemm": return plain(model, node, 3, [
			3,
			4,
			5
		], node.op);
		case "QAttention": return plain(model, node, 1, [1, 4], node.op);
		default: return null;
	}
}
function integer(node, attribute) {
	const value = node.attributes.get(attribute);
	return typeof value === "number" ? value : 0;
}
function matMulNBits(model, node) {
	const accuracy = integer(node, "accuracy_level");
	const level = accuracy === 0 ? "" : ` accuracy_level ${accuracy}`;
	return withScales(model, node, 1, [
		1,
		2,
		3
	], `MatMulNBits ${integer(node, "bits") || 4}-bit block ${integer(node, "block_size")}${level}`, integer(node, "K") * integer(node, "N"));
}
/** Indices of 4 bits lie two to a byte in a uint8 tensor, or in int4. */
function gatherBlockQuantized(model, node) {
	const tensor = model.initializers.get(node.inputs[0] ?? "");
	if (tensor === void 0) return null;
	const bits = integer(node, "bits") || 4;
	const weights = Math.floor(count(tensor) * elementBits(tensor.type) / bits);
	return withScales(model, node, 0, [
		0,
		2,
		3
	], `GatherBlockQuantized ${bits}-bit block ${integer(node, "block_size") || 128}`, weights);
}
/** A matrix of one integer (or 8-bit float) per weight. */
function plain(model, node, weight, stored, op) {
	const tensor = model.initializers.get(node.inputs[weight] ?? "");
	if (tensor === void 0 || tensor.dims.length < 2 || FLOAT_TYPES.has(tensor.type)) return null;
	const block = integer(node, "block_size");
	const blocks = block === 0 ? "" : ` block ${block}`;
	return withScales(model, node, weight, stored, `${op} ${elementName(tensor.type)}${blocks}`, count(tensor));
}
function withScales(model, node, weight, stored, method, weights) {
	const tensor = node.inputs[weight] ?? "";
	if (!model.initializers.has(tensor)) return null;
	return {
		tensor,
		method,
		weights,
		bits: stored.reduce((sum, input) => sum + storedBits(model, node.inputs[input]), 0)
	};
}
const DYNAMIC = /* @__PURE__ */ new Set([
	"DynamicQuantizeLinear",
	"DynamicQuantizeMatMul",
	"QAttention"
]);
/** Are activations quantized by their range over all rows of a run? Sequences that run together then change each other. */
function hasRunRanges(model) {
	return model.nodes.some(({ op }) => DYNAMIC.has(op));
}
/** accuracy_level of MatMulNBits: what the kernel may round its activations to. */
const ACCURACY = {
	2: "float16",
	3: "bfloat16",
	4: "int8 per block"
};
function activationsInWords(nodes) {
	const words = /* @__PURE__ */ new Set();
	const weights = new Set(nodes.filter(({ op }) => op === "DequantizeLinear").map(({ inputs }) => inputs[0]));
	for (const node of nodes) {
		const rounded = ACCURACY[integer(node, "accuracy_level")];
		if (node.op === "MatMulNBits" && rounded !== void 0) words.add(`${rounded} inside MatMulNBits (accuracy_level ${integer(node, "accuracy_level")})`);
		if (node.op === "DynamicQuantizeLinear") words.add("uint8 per tensor, dynamic (DynamicQuantizeLinear)");
		if (node.op === "DynamicQuantizeMatMul" || node.op === "QAttention") words.add(`8-bit per tensor, dynamic (${node.op})`);
		if (node.op === "QuantizeLinear" && weights.has(node.outputs[0])) words.add("static scales (QuantizeLinear)");
		if (/^QLinear|^QGemm$/.test(node.op)) words.add(`static scales (${node.op})`);
	}
	return words.size === 0 ? null : [...words].join("; ");
}
// src/models/user-onnx/signature.ts
/**
* @file What a user's model is fed and where its logits are. Known inputs are those of Optimum, transformers.js,
* onnxruntime-genai and torch exports of decoders: token ids, a mask of ones, positions 0, 1, …, and an empty past.
* Anything else is refused by name, because a made-up value would change what the model computes.
*/
const INT32 = 6;
const INT64 = 7;
const BOOL = 9;
const FLOAT$1 = 1;
const FLOAT16 = 10;
const IDS = /^(input_ids|input|inputs|tokens|token_ids|ids|input_tokens)$/i;
/** Work out inputs and logits from the model's own declarations. Errors: ONNX_NO_TOKENS, ONNX_INPUT, ONNX_NO_LOGITS. */
function readSignature(file, model) {
	const isIds = ({ name, type }) => IDS.test(name) && (type === INT64 || type === INT32);
	const ids = model.inputs.find(isIds);
	if (ids === void 0) throw onnxNoTokens(file, model.inputs.map((input) => `${input.name} (${typeText(input)})`));
	if (ids.shape !== null && ids.shape.length !== 2) throw onnxInput(file, ids.name, typeText(ids), "must have two dimensions, batch and sequence");
	return {
		ids: ids.name,
		idsType: ids.type === INT32 ? "int32" : "int64",
		batch: ids.shape?.[0] ?? null,
		length: ids.shape?.[1] ?? null,
		logits: logitsOf$1(file, model),
		others: model.inputs.filter((input) => input !== ids).map((input) => fedInput(file, input))
	};
}
/** `float16 [?, 12, ?, 64]` */
function typeText({ type, shape }) {
	const dims = shape === null ? "[…]" : `[${shape.map((dim) => dim ?? "?").join(", ")}]`;
	return `${elementName(type)} ${dims}`;
}
/** All inputs of one run over `batch` sequences of `length` ids each. Errors: ONNX_FIXED_LENGTH. */
function feeds(file, signature, ids, shape) {
	const { batch, length } = shape;
	if (signature.length !== null && signature.length !== length) throw onnxFixedLength(file, signature.length, length);
	const inputs = { [signature.ids]: integers(signature.idsType, ids, [batch, length]) };
	for (const { name, value } of signature.others) inputs[name] = value(shape);
	return inputs;
}
function integers(type, data, dims) {
	if (type === "int32") return {
		type,
		data,
		dims
	};
	return {
		type,
		data: BigInt64Array.from(data, BigInt),
		dims
	};
}
function fedInput(file, input) {
	const { name } = input;
	const key = name.toLowerCase();
	const refuse = (reason) => {
		throw onnxInput(file, name, typeText(input), reason);
	};
	if (/^(attention_mask|mask)$/.test(key)) return {
		name,
		value: mask(input, refuse)
	};
	if (key === "position_ids") return {
		name,
		value: perToken(input, refuse, (position) => position)
	};
	if (key === "token_type_ids") return {
		name,
		value: perToken(input, refuse, () => 0)
	};
	if (key === "cache_position") {
		const type = integerType(input, refuse);
		return {
			name,
			value: ({ length }) => integers(type, positions(length), [length])
		};
	}
	if (key === "use_cache_branch") {
		if (input.type !== BOOL) refuse("must be a boolean");
		return {
			name,
			value: () => ({
				type: "bool",
				data: Uint8Array.of(0),
				dims: scalarDims(input)
			})
		};
	}
	if (/^(num_)?logits_to_keep$/.test(key)) return {
		name,
		value: scalar(input, refuse, () => 0)
	};
	if (/^past_seq(uence)?_len(gth)?$/.test(key)) return {
		name,
		value: scalar(input, refuse, () => 0)
	};
	if (/^total_seq(uence)?_len(gth)?$/.test(key)) return {
		name,
		value: scalar(input, refuse, (n) => n)
	};
	if (/^past|^cache_[kv]|(^|[._])(past|cache)[._].*(key|value)/.test(key)) return {
		name,
		value: emptyPast(input, refuse)
	};
	return refuse("is not an input that saegate knows how to feed");
}
function integerType({ type }, refuse) {
	if (type === INT64) return "int64";
	return type === INT32 ? "int32" : refuse("must be int64 or int32");
}
function positions(length) {
	return Int32Array.from({ length }, (_, i) => i);
}
/** (batch, sequence), ones: every token is seen. */
function mask(input, refuse) {
	if (input.shape !== null && input.shape.length !== 2) return refuse("must have two dimensions, batch and sequence");
	const dims = ({ batch, length }) => [batch, length];
	const size = ({ batch, length }) => batch * length;
	if (input.type === FLOAT$1) return (shape) => ({
		type: "float32",
		data: new Float32Array(size(shape)).fill(1),
		dims: dims(shape)
	});
	if (input.type === BOOL) return (shape) => ({
		type: "bool",
		data: new Uint8Array(size(shape)).fill(1),
		dims: dims(shape)
	});
	const type = integerType(input, refuse);
	return (shape) => integers(type, new Int32Array(size(shape)).fill(1), dims(shape));
}
/** (batch, sequence) of a number per position. */
function perToken(input, refuse, of) {
	if (input.shape !== null && input.shape.length !== 2) return refuse("must have two dimensions, batch and sequence");
	const type = integerType(input, refuse);
	return ({ batch, length }) => integers(type, Int32Array.from({ length: batch * length }, (_, i) => of(i % length)), [batch, length]);
}
function scalarDims({ shape }) {
	return shape === null ? [1] : shape.map(() => 1);
}
function scalar(input, refuse, of) {
	const type = integerType(input, refuse);
	return ({ length }) => integers(type, Int32Array.of(of(length)), scalarDims(input));
}
/** The first open dimension is the batch, the others are the length of the past: none. */
function emptyPast(input, refuse) {
	const { shape, type } = input;
	if (shape === null || shape.length < 3) return refuse("is a past whose shape is not declared");
	const open = shape.flatMap((dim, axis) => dim === null ? [axis] : []);
	const [batchAxis] = open;
	const fixedBatch = open.length === 1;
	if (batchAxis === void 0) return refuse("is a past of fixed length, which cannot be empty");
	if (type !== FLOAT$1 && type !== FLOAT16) return refuse("is a past that is neither float32 nor float16");
	return ({ batch }) => {
		const dims = shape.map((dim, axis) => dim ?? (axis === batchAxis && !fixedBatch ? batch : 0));
		return type === FLOAT$1 ? {
			type: "float32",
			data: /* @__PURE__ */ new Float32Array(0),
			dims
		} : {
			type: "float16",
			data: /* @__PURE__ */ new Uint16Array(0),
			dims
		};
	};
}
function logitsOf$1(file, model) {
	const isFloat = ({ type }) => type === null || FLOAT_TYPES.has(type);
	const named = model.outputs.find((output) => isFloat(output) && /(^|[./])logits$/i.test(output.name));
	if (named !== void 0) return named;
	const [only, ...more] = model.outputs.filter((output) => isFloat(output) && output.shape?.length === 3 && !/hidden|present|past|cache/i.test(output.name));
	if (only !== void 0 && more.length === 0) return only;
	throw onnxNoLogits(file, model.outputs.map((output) => `${output.name} (${typeText(output)})`));
}
// src/models/user-onnx/stream.ts
/**
* @file The residual stream of a user's model, and where on it a hook point lies.
*
* Two neighbouring nodes of the spine with something between them, of which the second adds the first to what lies
* between, are one step of the stream: attention, an MLP, or in parallel blocks both. Fused nodes
* (SkipLayerNormalization) add and norm at once; the sum is their fourth output, and where an exporter left it out
* (after the last block) the same sum is added to the graph again.
*/
const SKIP_NORMS = /* @__PURE__ */ new Set(["SkipLayerNormalization", "SkipSimplifiedLayerNormalization"]);
/** input + skip + bias, as SkipLayerNormalization and its like define it. */
const SKIP_SUM_OUTPUT = 3;
/** What a value may pass on its way into an addition and still be the same value. */
const TRANSPARENT = /* @__PURE__ */ new Set([
	"Cast",
	"Identity",
	"Dropout",
	"Reshape"
]);
/** The values of the residual stream in order: before the first block, then after every addition. */
function residualStream(flow) {
	const steps = [];
	for (const [i, node] of flow.spine.entries()) {
		const before = flow.spine[i - 1];
		if (before === void 0) continue;
		if ((flow.position.get(node) ?? 0) - (flow.position.get(before) ?? 0) - 1 === 0 || !isAddition(node)) continue;
		const skipped = passedOn(flow, node, before);
		if (skipped === null) continue;
		if (steps.length === 0) steps.push(isSkipNorm(before) ? sumOf(before) : {
			name: skipped,
			addends: [skipped]
		});
		steps.push(afterQuantization(flow, node, flow.spine[i + 1]));
	}
	return steps;
}
function isSkipNorm(node) {
	return SKIP_NORMS.has(node.op);
}
function isAddition(node) {
	return node.op === "Add" || node.op === "Sum" || isSkipNorm(node);
}
/** What an addition adds. */
function addends(node) {
	return isSkipNorm(node) ? node.inputs.slice(0, 2) : node.inputs;
}
/** The output of `before` that `node` adds, straight or through further additions; null: it adds none. */
function passedOn(flow, node, before) {
	const own = new Set(before.outputs);
	const lowest = flow.position.get(before) ?? 0;
	/** A value, and the float that it is once its quantization is undone. */
	const pending = addends(node).map((name) => ({
		name,
		float: name
	}));
	const seen = /* @__PURE__ */ new Set();
	for (let next = pending.pop(); next !== void 0; next = pending.pop()) {
		const { name, float } = next;
		if (own.has(name)) return float;
		const from = flow.producer.get(name);
		if (from === void 0 || seen.has(name) || !((flow.position.get(from) ?? -1) > lowest)) continue;
		seen.add(name);
		const [input = ""] = from.inputs;
		if (from.op === "DequantizeLinear") pending.push({
			name: input,
			float: name
		});
		else if (from.op === "QuantizeLinear") pending.push({
			name: input,
			float
		});
		else if (TRANSPARENT.has(from.op)) pending.push({
			name: input,
			float: input
		});
		else if (isAddition(from)) for (const part of addends(from)) pending.push({
			name: part,
			float: part
		});
	}
	return null;
}
/** The sum that an addition makes. */
function sumOf(node) {
	const [first = ""] = node.outputs;
	if (!isSkipNorm(node)) return {
		name: first,
		addends: [first]
	};
	const sum = node.outputs[SKIP_SUM_OUTPUT] ?? "";
	if (sum !== "") return {
		name: sum,
		addends: [sum]
	};
	const bias = node.inputs[node.op === "SkipLayerNormalization" ? 4 : 3] ?? "";
	const parts = [...node.inputs.slice(0, 2), ...bias === "" ? [] : [bias]];
	return {
		name: parts.join("+"),
		addends: parts
	};
}
/** The sum, or what it is after being quantized at once (QDQ): the later blocks read that. */
function afterQuantization(flow, node, next) {
	const sum = sumOf(node);
	if (isSkipNorm(node) || next?.op !== "QuantizeLinear" || next.inputs[0] !== sum.name) return sum;
	const output = (flow.consumers.get(next.outputs[0] ?? "") ?? []).find(({ op }) => op === "DequantizeLinear")?.outputs[0] ?? "";
	return output === "" ? sum : {
		name: output,
		addends: [output]
	};
}
/**
* The tap of a hook. `override` is what --tap says. Errors: ONNX_TAP_HOOK for a hook that is not on the stream,
* ONNX_TAP_UNCLEAR when the model does not add as often as the reference, ONNX_TAP_UNKNOWN.
*/
function tapOf(file, model, stream, spec, hook, override) {
	const names = stream.map(({ name }) => name);
	if (override !== null) return namedTap(file, model, stream, override);
	const expected = stepsBefore(spec, spec.blocks.length);
	if (Math.max(0, stream.length - 1) !== expected) throw onnxTapUnclear(file, hookName(hook), Math.max(0, stream.length - 1), expected, names);
	const tap = stream[stepOf(file, spec, hook)];
	if (tap === void 0) throw onnxTapUnclear(file, hookName(hook), stream.length - 1, expected, names);
	return tap;
}
function namedTap(file, model, stream, name) {
	const listed = stream.find((tap) => tap.name === name);
	if (listed !== void 0) return listed;
	if (name !== "" && model.nodes.some(({ outputs }) => outputs.includes(name))) return {
		name,
		addends: [name]
	};
	throw onnxTapUnknown(file, name, stream.map((tap) => tap.name));
}
/** Additions to the stream before block `layer`: one per parallel block, two per sequential one. */
function stepsBefore(spec, layer) {
	return spec.blocks.slice(0, layer).reduce((sum, { layout }) => sum + (layout === "parallel" ? 1 : 2), 0);
}
function stepOf(file, spec, hook) {
	const block = spec.blocks[hook.layer];
	if (block === void 0) throw onnxTapHook(file, hookName(hook), `the model has blocks 0 to ${spec.blocks.length - 1}`);
	switch (hook.name) {
		case "hook_resid_pre": return stepsBefore(spec, hook.layer);
		case "hook_resid_post": return stepsBefore(spec, hook.layer + 1);
		case "hook_resid_mid":
			if (block.layout === "sequential") return stepsBefore(spec, hook.layer) + 1;
			throw onnxTapHook(file, hookName(hook), "attention and MLP run in parallel, so there is no resid_mid");
		default: throw onnxTapHook(file, hookName(hook), "only the residual stream is found in ONNX models");
	}
}
// src/models/user-onnx/open.ts
/**
* @file A user's ONNX model, opened and checked without running it: which file it is, its structure, what it is fed,
* where its logits and its residual stream are, and how it is quantized.
*/
/** What onnxruntime 1.30 loads. */
const NEWEST_IR = 13;
const NEWEST_OPSET = 26;
/** protobuf's own limit. */
const MOST_BYTES$1 = 2 ** 31 - 1;
/**
* The ONNX model that a set of files is, or null when it is something else: the only file; or in a folder without other
* weights model.onnx, else the only .onnx file. Errors: ONNX_AMBIGUOUS.
*/
function findOnnx(files) {
	const onnx = files.names.filter((name) => name.toLowerCase().endsWith(".onnx"));
	const [first] = onnx;
	if (first === void 0 || files.names.length === 1) return first ?? null;
	if (files.names.some((name) => !name.includes("/") && /\.(safetensors|gguf)$/.test(name))) return null;
	const here = onnx.filter((name) => !name.includes("/"));
	const choice = here.length > 0 ? here : onnx;
	const usual = choice.find((name) => posix.basename(name) === "model.onnx");
	if (usual !== void 0) return usual;
	if (choice.length > 1) throw onnxSeveral(files.spec, choice);
	return choice[0] ?? null;
}
/**
* Open the model `file` of `files`; `open` reaches the folder around a spec that names a single file, for its data.
* Errors: those of reading, of its inputs, outputs and data files; ONNX_VERSION_TOO_NEW, ONNX_MERGED, ONNX_LAST_LOGITS.
*/
async function openUserModel(files, file, open) {
	const label = files.names.length === 1 ? files.spec : `${files.spec}: ${file}`;
	const stored = await readModel(files, file, label);
	checkVersions(label, stored);
	const model = unmerged(label, stored);
	const signature = readSignature(label, model);
	const flow = dataFlow(label, model, signature.ids, signature.logits.name);
	const stream = residualStream(flow);
	checkEveryPosition(label, model, signature, flow);
	const folder = model.external.length > 0 ? folderAround(files, file) : null;
	const around = folder === null ? null : await open(folder);
	try {
		const data = await dataFiles(model, file, around ?? files);
		const names = [file, ...data.map(({ name }) => name)];
		const digested = digestedFiles(data.length === 0 ? files : around ?? files);
		return {
			spec: files.spec,
			revision: files.revision,
			file,
			path: files.localPath(file) ?? "",
			model,
			files,
			data,
			signature,
			stream,
			quantization: quantizationOf(model),
			notes: model === stored ? [] : ["it is merged with its cached form; the branch without a cache was run"],
			...ownDigests(() => digestsOf(digested, names)),
			close: async () => {
				await around?.close();
			}
		};
	} catch (error) {
		await around?.close();
		throw error;
	}
}
/** There is nothing beside weights that is read of it. */
function ownDigests(fileDigests) {
	const sha256 = async () => filesSha256(await fileDigests());
	return {
		sha256,
		weightsSha256: sha256,
		fileDigests
	};
}
/** Logits of one position show before anything runs: in their declared shape, or where one is picked out of the rows. */
function checkEveryPosition(label, model, { logits, length }, { spine, producer }) {
	const [, positions = null] = logits.shape?.length === 3 ? logits.shape : [];
	if (positions === 1 && length !== 1) throw onnxLastLogits(label, logits.name, `it is declared as ${typeText(logits)}`);
	const isOne = (name) => {
		const constant = producer.get(name)?.attributes.get("value");
		const dims = typeof constant === "object" && "dims" in constant ? constant.dims : null;
		return (model.initializers.get(name)?.dims ?? dims)?.every((dim) => dim === 1) === true;
	};
	const picked = spine.find(({ op, attributes, inputs }) => op === "Gather" && attributes.get("axis") === 1 && isOne(inputs[1] ?? ""));
	if (picked !== void 0) throw onnxLastLogits(label, logits.name, `its node "${picked.name}" picks one`);
}
async function readModel(files, file, label) {
	const source = await files.open(file);
	try {
		if (source.byteLength > MOST_BYTES$1) throw onnxTooLarge(label, `${source.byteLength} bytes`, MOST_BYTES$1);
		return readOnnxModel(label, await source.read(0, source.byteLength));
	} finally {
		await source.close();
	}
}
/**
* The folder around a spec that names one file, null for specs that name a folder:
* `./models/int4.onnx` → its folder, `hf:owner/name/onnx/model.onnx` → `hf:owner/name/onnx`
*/
function folderAround({ spec, names, localPath }, file) {
	if (names.length > 1) return null;
	if (!isHubSpec(spec)) return dirname(localPath(file) ?? spec);
	return spec.endsWith(`/${file}`) ? spec.slice(0, -file.length - 1) : null;
}
function checkVersions(label, { irVersion, opsets }) {
	if (irVersion > NEWEST_IR) throw onnxVersion(label, "IR version", irVersion, NEWEST_IR);
	const opset = opsets.get("") ?? 0;
	if (opset > NEWEST_OPSET) throw onnxVersion(label, "opset", opset, NEWEST_OPSET);
}
/**
* Optimum's merged models keep both forms of the decoder in the branches of one If: the one without a cache is taken.
* Errors: ONNX_MERGED for an If that decides otherwise.
*/
function unmerged(label, model) {
	const { name: logits } = readSignature(label, model).logits;
	const maker = model.nodes.find(({ outputs }) => outputs.includes(logits));
	if (maker?.op !== "If") return model;
	const [condition = ""] = maker.inputs;
	const bytes = /^use_cache_branch$/i.test(condition) && model.inputs.some(({ name }) => name === condition) ? inlineBranch(label, model.bytes, logits, "else_branch") : null;
	if (bytes === null) throw onnxSubgraph(label, maker.name);
	return readOnnxModel(label, bytes);
}
// src/numbers/present.ts
/** @file Values that are there by construction, as the compiler cannot know: elements within an array's bounds, parallel arrays. */
/**
* The value; where it is missing after all, an end with a stack trace, because 0 in its place would be a figure that is wrong.
* `what` says which, in words made beforehand: this is called in loops.
*/
function present(value, what = "a value") {
	if (value === void 0 || value === null) throw new RangeError(`${what} is missing`);
	return value;
}
// src/audit/rows/gather-rows.ts
/** @file Some rows of a store, one after the other. */
/** The named rows (ascending), one after the other, then zeros up to `size` rows. */
async function gatherRows(store, rows, size) {
	const { width } = store;
	const out = new Float32Array(size * width);
	const first = present(rows[0]);
	const last = present(rows.at(-1));
	const span = await store.read(first, last + 1);
	for (let from = 0, to = 1; from < rows.length; from = to, to++) {
		while (to < rows.length && rows[to] - rows[from] === to - from) to++;
		const at = (rows[from] - first) * width;
		out.set(span.subarray(at, at + (to - from) * width), from * width);
	}
	return out;
}
// src/audit/rows/residuals.ts
/** @file Stored rows of the residual stream on their way into an SAE: gathered, centred, filled up to parts of equal size. */
/** Inputs of one batch, filled up with its last row (which counts once) to parts of equal size. */
async function passInputs(models, batch, parts) {
	const count = Math.ceil(batch.rows.length / parts) * parts;
	const rows = new Int32Array(count).fill(present(batch.rows.at(-1)));
	rows.set(batch.rows);
	const inputs = { ones: {
		type: "float32",
		data: new Float32Array(count).fill(1, 0, batch.rows.length),
		dims: [
			parts,
			1,
			count / parts
		]
	} };
	for (const [m, residuals] of models.entries()) {
		const data = await residualRows(residuals, rows);
		inputs[`x_${m}`] = {
			type: "float32",
			data,
			dims: [count, residuals.store.width]
		};
	}
	return inputs;
}
/** Rows of the store (ascending) one after the other, centred where the read-out is. */
async function residualRows({ store, center, scale = 1 }, rows) {
	const out = await gatherRows(store, rows, rows.length);
	if (center) centerRows(out, store.width);
	if (scale !== 1) scaleRows(out, scale);
	return out;
}
/** Multiply all, in place. */
function scaleRows(values, scale) {
	for (let i = 0; i < values.length; i++) values[i] = present(values[i]) * scale;
}
/** Subtract each row's mean, in place: what TransformerLens' centred writing weights do to the residual. */
function centerRows(values, width) {
	for (let start = 0; start < values.length; start += width) {
		let sum = 0;
		for (let i = start; i < start + width; i++) sum += present(values[i]);
		const mean = sum / width;
		for (let i = start; i < start + width; i++) values[i] = present(values[i]) - mean;
	}
}
// src/audit/features/scaling.ts
/**
* @file Is a candidate's residual stream the reference's but for one factor? Norms undo such a factor, so the model computes the
* same, while a dictionary of the reference would see every activation moved. Rows count the same, however long they
* are: a first position a hundred times as long as the rest would else decide alone.
*/
/** Rows that are read at a time. */
const ROWS$2 = 512;
/** `rows`: ascending. */
async function scalingBetween(reference, candidate, rows) {
	let [products, sizes, count] = [
		0,
		0,
		0
	];
	const { width } = reference.store;
	for (let start = 0; start < rows.length; start += ROWS$2) {
		const batch = rows.subarray(start, start + ROWS$2);
		const x = await residualRows(reference, batch);
		const y = await residualRows(candidate, batch);
		for (let row = 0; row < batch.length; row++) {
			let [xx, yy, xy] = [
				0,
				0,
				0
			];
			for (let i = row * width; i < (row + 1) * width; i++) {
				const [a, b] = [present(x[i]), present(y[i])];
				xx += a * a;
				yy += b * b;
				xy += a * b;
			}
			if (xx === 0) continue;
			products += xy / xx;
			sizes += yy / xx;
			count++;
		}
	}
	if (count === 0) return {
		factor: 1,
		error: 0
	};
	const factor = products / count;
	const left = sizes - 2 * factor * products + count * factor ** 2;
	return {
		factor,
		error: Math.sqrt(Math.max(0, left) / count) / Math.abs(factor)
	};
}
/** A factor nearer to 1 is what rounding does to lengths. */
const LEAST_CHANGE = .02;
/** What the factor leaves is at most this part of what it explains. */
const MOST_LEFT = 1 / 4;
/** One global factor, and little else. */
function isRescaled({ factor, error }) {
	const change = Math.abs(factor - 1);
	return factor > 0 && change > LEAST_CHANGE && error < MOST_LEFT * change;
}
// src/audit/machine/stream-tally.ts
function emptyTally() {
	return {
		ranges: 0,
		rowBytes: {
			memory: 0,
			file: 0
		},
		secondsWaited: 0,
		secondsStreamed: 0,
		bytesRead: 0,
		rounding: {
			error: 0,
			size: 0
		}
	};
}
/** ‖x − stored x‖ / ‖x‖ over all rows; null: none was stored in 16 bits. */
function relativeRounding({ error, size }) {
	return size === 0 ? null : Math.sqrt(error / size);
}
/** Below this nobody minds what waiting cost. */
const LEAST_SECONDS = 60;
/** Of the time, that waiting may take before it is told. */
const MOST_WAITED = .5;
/** What a reader of the report should know of it; sentences. */
function streamWarnings(tally) {
	const { secondsWaited, secondsStreamed, bytesRead, rounding } = tally;
	const moved = relativeRounding(rounding);
	const warnings = [];
	if (moved !== null) warnings.push(`between two ranges of blocks the residual stream was stored in 16 bits (--stream-rows half), which moved it by ${moved.toExponential(1)} of its length each time (root mean square)`);
	if (secondsWaited > LEAST_SECONDS && secondsWaited > MOST_WAITED * secondsStreamed) warnings.push(`of ${Math.round(secondsStreamed)} s that models took range by range, ${Math.round(secondsWaited)} s went by waiting for weights: ${(bytesRead / 1e9).toFixed(1)} GB were read and unpacked at ${Math.round(bytesRead / 1e6 / secondsWaited)} MB/s. A quicker disk helps; so do more tokens, which cost only the rest of the time`);
	return warnings;
}
// src/audit/text/text-checks.ts
/** One token that makes up more than this: its loss is that of the whole text. */
const MOST_OF_ONE = .5;
/** Findings about the text that is run, in the order of the checks. */
function textFindings({ sequences, bosLeftOut }, lineEnds) {
	return [
		...lineEndFindings(sequences, lineEnds),
		...bosLeftOut === null ? [] : [leftOut$1(bosLeftOut)],
		...repeatedToken(sequences.stream),
		...specialTokens(sequences),
		...recordsWithout(sequences)
	];
}
function lineEndFindings({ lineEnds: found }, asked) {
	if (found === null) return [];
	const { crlf, lf, cr } = found;
	const returns = crlf + cr;
	if (returns === 0) return [];
	if (crlf > lf && asked === null) return [{
		check: "line-ends",
		grade: "not-evaluable",
		value: crlf / (crlf + lf),
		message: `${crlf} of the text's ${crlf + lf} line ends are CRLF: carriage returns are tokens that models have hardly seen, and perplexity would be theirs; say --line-ends lf to read them as LF, or --line-ends keep where the model is meant to read CRLF`
	}];
	return [{
		check: "carriage-returns",
		grade: "warning",
		value: returns,
		message: `the text has ${returns} carriage return${returns === 1 ? "" : "s"}${asked === "keep" ? ", kept as asked" : ""}: their losses count among the others`
	}];
}
function leftOut$1(bos) {
	return {
		check: "bos-left-out",
		grade: "warning",
		value: bos,
		message: `the tokenizer puts token ${bos} before every text, and sequences begin without it: where a model was trained with it, perplexity is that of a model out of its element, and features at the first positions are others (--bos auto puts it there)`
	};
}
function repeatedToken(stream) {
	const counts = /* @__PURE__ */ new Map();
	for (const id of stream) counts.set(id, (counts.get(id) ?? 0) + 1);
	let [token, most] = [0, 0];
	for (const [id, count] of counts) if (count > most) [token, most] = [id, count];
	const share = most / stream.length;
	if (!(share > MOST_OF_ONE)) return [];
	return [{
		check: "repeated-token",
		grade: "warning",
		value: share,
		message: `token ${token} is ${(100 * share).toFixed(0)} % of the text: losses and features are mostly its own, and say little about other text`
	}];
}
/** Those that stand in the text, not the BOS that was put before every sequence. */
function specialTokens({ stream, specialIds }) {
	const special = new Set(specialIds);
	const count = stream.reduce((sum, id) => sum + (special.has(id) ? 1 : 0), 0);
	if (count === 0) return [];
	return [{
		check: "special-tokens",
		grade: "warning",
		value: count,
		message: `the text has ${count} special token${count === 1 ? "" : "s"} (ends of text and the like): a model forgets what stands before one, and ${count === 1 ? "its loss counts" : "their losses count"} among the others`
	}];
}
function recordsWithout({ made }) {
	const records = made?.text.records ?? null;
	if (records === null || records.without === 0) return [];
	const { field, read, without } = records;
	return [{
		check: "records-without-text",
		grade: "warning",
		value: without,
		message: `${without} of the ${read} records that were read have no "${field}", and were left out`
	}];
}
// src/audit/protocol.ts
/** Findings, those first that leave nothing to evaluate. */
function checkProtocol({ run, vocabulary, readouts, candidates }) {
	const findings = [
		...referenceLoss(vocabulary, candidates),
		...textFindings(run.tokens, run.config.corpus.lineEnds),
		...readouts.flatMap((seen) => firstPosition$1(seen, candidates))
	];
	const rank = ({ grade }) => grade === "not-evaluable" ? 0 : 1;
	return findings.sort((a, b) => rank(a) - rank(b));
}
/** What a report says of findings among its warnings. */
function protocolWarnings(findings) {
	return findings.map(({ grade, message }) => grade === "not-evaluable" ? `not evaluable: ${message}` : message);
}
/** Guessing evenly among all tokens gives a loss of ln(vocabulary): a model that does worse has not read the text. */
function referenceLoss(vocabulary, candidates) {
	const losses = candidates[0]?.sums.losses;
	if (losses === void 0 || losses === null) return [];
	const total = (values) => values.reduce((sum, one) => sum + one, 0);
	const loss = total(losses.referenceLoss) / total(losses.tokens);
	const chance = Math.log(vocabulary);
	if (loss <= chance) return [];
	return [{
		check: "reference-loss",
		grade: "not-evaluable",
		value: loss,
		message: `the reference's own loss is ${loss.toFixed(2)} nats per token (perplexity ${Math.exp(loss).toPrecision(4)}), worse than guessing among its ${vocabulary} tokens (${chance.toFixed(2)}): this is no text for it, or not the tokenizer it was trained with`
	}];
}
/** Part of the variance that position 0 may carry before ρ is mostly about it. */
const MOST_OF_VARIANCE = .5;
/** Candidates that the message quotes. */
const MOST_QUOTED = 3;
function firstPosition$1({ readout, firstShare }, candidates) {
	if (readout.positions !== "all" || !(firstShare > MOST_OF_VARIANCE)) return [];
	const means = candidates.slice(0, MOST_QUOTED).flatMap(({ candidate, features }) => features.filter(({ report }) => report.readout === readout.id).map(({ report: { meanCorrelationByPositions: mean } }) => {
		return `${candidate.name} ${mean.all.toFixed(3)} with it and ${mean.skipFirst.toFixed(3)} without`;
	}));
	return [{
		check: "first-position",
		grade: "warning",
		value: firstShare,
		message: `at ${readout.id} the first position of the sequences carries ${(100 * firstShare).toFixed(0)} % of the residual's variance, so ρ is mostly about it (perplexity is not): mean ρ is ${means.join(", ")}; --positions skip-first leaves it out`
	}];
}
// src/audit/subjects/candidate.ts
/** A kind that no branch knows: the compiler refuses the call. */
function unknownKind(candidate) {
	throw new RangeError(`a candidate of no known kind: ${JSON.stringify(candidate)}`);
}
/** Token ids that it knows are below this. */
function vocabularyOf$1(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.decoder.spec.n_vocab;
		case "onnx": return candidate.vocabulary;
		default: return unknownKind(candidate);
	}
}
/** What the user should know about it. */
function warningsOf(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.warnings;
		case "onnx": return candidate.warnings;
		default: return unknownKind(candidate);
	}
}
/** Was its residual stream turned back into the reference's basis? */
function isTurnedBack(candidate) {
	switch (candidate.kind) {
		case "derived":
		case "stored": return candidate.model.basis !== null;
		case "onnx": return false;
		default: return unknownKind(candidate);
	}
}
/** Files of its own; null: it is made of the reference's. */
function artifactOf(candidate) {
	switch (candidate.kind) {
		case "derived": return null;
		case "stored": return candidate.checkpoint;
		case "onnx": return candidate.user;
		default: return unknownKind(candidate);
	}
}
/** Close what was opened for the candidates. */
async function closeCandidates(candidates) {
	for (const candidate of candidates) await closeCandidate(candidate);
}
async function closeCandidate(candidate) {
	switch (candidate.kind) {
		case "derived": return;
		case "stored":
			await candidate.checkpoint.close();
			return await candidate.checkpoint.files.close();
		case "onnx":
			await candidate.user.close();
			return await candidate.user.files.close();
		default: return unknownKind(candidate);
	}
}
// src/audit/subjects/not-compressed.ts
/** Refuse a candidate whose weights and config are the reference's files. Errors: CANDIDATE_IS_REFERENCE, those of reading. */
async function refuseReference({ checkpoint }, candidates) {
	for (const candidate of candidates) {
		const artifact = artifactOf(candidate);
		if (artifact === null || await artifact.weightsSha256() !== await checkpoint.weightsSha256()) continue;
		const [own, theirs] = [await artifact.fileDigests(), await checkpoint.fileDigests()];
		if (configOf(own) === configOf(theirs)) throw candidateIsReference(candidate.spec, checkpoint.spec);
	}
}
const configOf = (files) => files["config.json"];
/** Said before anything is measured: as many bytes as the reference's, or rounded values that only simulate a packing. */
function plainFloatWarnings(candidate) {
	if (candidate.kind !== "stored" || candidate.compression !== null) return [];
	return [`its weights are stored as ${candidate.checkpoint.storedAs} and none is quantized: nothing was compressed, or the compression is only simulated, and what is shipped has to be audited itself`];
}
/** Not a bit of difference that could be seen: then this says nothing of the compressed model. */
function noDamageWarnings(klMean, features) {
	if (!(features.length > 0 && features.every(({ survived }) => survived.fraction === 1)) || klMean === null || !(klMean < LEAST_KL)) return [];
	return [`every active feature survives at a mean KL of ${klMean.toExponential(1)}: nothing was compressed, as far as can be measured; check that this is the compressed model`];
}
/** Nats. Rounding to 8 bits gives 1e-4 to 1e-2; float32 against float32 about 1e-12. */
const LEAST_KL = 1e-6;
// src/audit/text/dealing.ts
/** The sequences as the deal to token groups sees them. */
function dealtText({ sequenceCount, blockLength, bos, documents }) {
	return {
		sequences: sequenceCount,
		tokensPerSequence: blockLength - (bos === null ? 0 : 1),
		documentStarts: documents?.starts ?? null
	};
}
/** What was seen of the text's documents, as far as groups were dealt by them. */
function documentsOf({ sequences }) {
	const text = dealtText(sequences);
	const length = typicalDocument(text);
	if (sequences.documents === null || length === null) return {};
	return { documents: {
		count: sequences.documents.starts.filter((start) => start < text.sequences * text.tokensPerSequence).length,
		tokens: length,
		by: sequences.documents.by
	} };
}
/** As the report says it, so that whoever reads the report makes the same intervals. */
function samplingOfTokens(tokens) {
	return samplingOf({
		tokens: tokens.chunked.plan.rows,
		resampling: RESAMPLING_METHOD,
		degrees: DEGREES_RULE,
		...documentsOf(tokens)
	});
}
// src/checkpoints/gguf/tokenizer-folder.ts
/** @file A tokenizer that was read out of a GGUF file, as the folder of files it would be in a Hugging Face checkpoint. */
/** tokenizer.json and tokenizer_config.json in memory. */
function tokenizerFolder(spec, files) {
	const texts = /* @__PURE__ */ new Map([["tokenizer.json", JSON.stringify(files.tokenizer)], ["tokenizer_config.json", JSON.stringify(files.config)]]);
	return {
		spec,
		revision: null,
		names: [...texts.keys()],
		has: (name) => texts.has(name),
		open: async (name) => {
			const text = texts.get(name);
			if (text === void 0) throw fileNotListed(spec, name);
			return bytesSource(`${spec}: ${name}`, new TextEncoder().encode(text));
		},
		localPath: () => null,
		close: async () => {}
	};
}
// src/corpus/cut-sequences.ts
/**
* @file A token stream cut into sequences: consecutive, non-overlapping, the incomplete last one dropped (arXiv 2606.03002).
*
* The block length is how many positions a sequence has. A prepended BOS is one of its positions, so BOS + N − 1 tokens of text.
*/
/** Cut (n_token) into sequences. Errors: CORPUS_TOO_SHORT when there is not one whole sequence. */
function cutSequences(tokens, cut) {
	const stream = cut.budget === null ? tokens : tokens.subarray(0, cut.budget);
	const prefix = cut.bos === null ? 0 : 1;
	const textPerSequence = cut.blockLength - prefix;
	const sequenceCount = Math.floor(stream.length / textPerSequence);
	if (sequenceCount === 0) throw corpusTooShort(cut.spec, stream.length, textPerSequence, cut.budget);
	const ids = new Int32Array(sequenceCount * cut.blockLength);
	for (let sequence = 0; sequence < sequenceCount; sequence++) {
		const start = sequence * cut.blockLength;
		if (cut.bos !== null) ids[start] = cut.bos;
		ids.set(stream.subarray(sequence * textPerSequence, (sequence + 1) * textPerSequence), start + prefix);
	}
	return {
		ids,
		sequenceCount,
		blockLength: cut.blockLength,
		bos: cut.bos,
		stream,
		sha256: hashIds(ids),
		droppedTokens: stream.length - sequenceCount * textPerSequence,
		lineEnds: cut.lineEnds,
		documents: cut.documents,
		specialIds: cut.specialIds
	};
}
/** sha256 of the ids as little-endian int32, hex. */
function hashIds(ids) {
	const bytes = new Uint8Array(ids.length * 4);
	const view = new DataView(bytes.buffer);
	for (let i = 0; i < ids.length; i++) view.setInt32(i * 4, ids[i], true);
	return createHash("sha256").update(bytes).digest("hex");
}
// src/corpus/documents.ts
/** As many as there are groups at least, else they tell nothing. */
const FEWEST = 8;
/** Documents of a text by its lines; null: not enough to tell. `lengthOf`: characters that a line takes in the text that is encoded. */
function documentsOfText(text, lengthOf) {
	const [titles, afterBlanks] = [[], []];
	let [offset, isAfterBlank] = [0, true];
	for (let start = 0; start < text.length;) {
		const end = text.indexOf("\n", start) + 1 || text.length;
		const line = text.slice(start, end);
		const isBlank = line.trim() === "";
		if (!isBlank) {
			if (isTitle(line)) titles.push(offset);
			if (isAfterBlank) afterBlanks.push(offset);
		}
		isAfterBlank = isBlank;
		offset += lengthOf(line);
		start = end;
	}
	if (titles.length >= FEWEST) return {
		by: "titles",
		starts: fromTheBeginning(titles)
	};
	return afterBlanks.length >= FEWEST ? {
		by: "blank-lines",
		starts: fromTheBeginning(afterBlanks)
	} : null;
}
/** " = Title = ", not " = = Section = = ". */
function isTitle(line) {
	const words = line.trim();
	if (!words.startsWith("= ") || !words.endsWith(" =")) return false;
	return words.length > 4 && !words.startsWith("= =") && !words.endsWith("= =");
}
/** Documents of a token stream by the special tokens that end or begin them; null: not enough to tell. */
function documentsOfStream(stream, specialIds) {
	if (specialIds.length === 0) return null;
	const special = new Set(specialIds);
	const starts = [];
	for (let i = 1; i < stream.length; i++) if (special.has(stream[i - 1]) && !special.has(stream[i])) starts.push(i);
	return starts.length >= FEWEST ? {
		by: "end-of-text",
		starts: fromTheBeginning(starts)
	} : null;
}
/** The same documents in tokens, those beyond the last piece left out. */
function inTokens({ by, starts }, pieces) {
	const out = [];
	let piece = 0;
	for (const start of starts) {
		while (piece < pieces.characters.length && pieces.characters[piece] <= start) piece++;
		if (piece === pieces.characters.length) break;
		const [fromCharacter, fromToken] = [pieces.characters[piece - 1] ?? 0, pieces.tokens[piece - 1] ?? 0];
		const part = (start - fromCharacter) / (pieces.characters[piece] - fromCharacter);
		const token = Math.round(fromToken + part * (pieces.tokens[piece] - fromToken));
		if (token > (out[out.length - 1] ?? -1)) out.push(token);
	}
	return {
		by,
		starts: Int32Array.from(out)
	};
}
/** Records by the tokens that each begins at; null: not enough to tell. */
function documentsOfRecords(starts) {
	return starts.length >= FEWEST ? {
		by: "records",
		starts: Int32Array.from(starts)
	} : null;
}
function fromTheBeginning(starts) {
	return Int32Array.from(starts[0] === 0 ? starts : [0, ...starts]);
}
// src/corpus/line-ends.ts
function countLineEnds(text) {
	let [crlf, lf, cr] = [
		0,
		0,
		0
	];
	for (const [end] of text.matchAll(/\r\n|\r|\n/g)) if (end === "\r\n") crlf++;
	else if (end === "\n") lf++;
	else cr++;
	return {
		crlf,
		lf,
		cr
	};
}
// src/corpus/places/formats.ts
const FORMATS = /* @__PURE__ */ new Map([
	["txt", "text"],
	["text", "text"],
	["md", "text"],
	["jsonl", "lines"],
	["ndjson", "lines"],
	["json", "json"],
	["csv", "csv"],
	["tsv", "tsv"],
	["parquet", "parquet"]
]);
const PACKINGS = /* @__PURE__ */ new Map([
	["gz", "gzip"],
	["gzip", "gzip"],
	["zst", "zstd"],
	["zstd", "zstd"]
]);
const UNREAD = /\.(xz|bz2|zip|7z|tar|tgz|arrow|feather|lz4|br)$/i;
/** Archives and the like that are no text; null: none of them. */
function unreadKind(name) {
	const ending = UNREAD.exec(name)?.[1];
	return ending === void 0 ? null : `a .${ending.toLowerCase()} file`;
}
/** By its endings; null: none that is known. */
function knownKind(name) {
	const endings = name.toLowerCase().split("/").at(-1)?.split(".").slice(1) ?? [];
	const packing = PACKINGS.get(endings.at(-1) ?? "") ?? null;
	const format = FORMATS.get(endings.at(packing === null ? -1 : -2) ?? "");
	return format === void 0 ? null : {
		format,
		packing
	};
}
/** A file that is named by itself: text, whatever it is called, unless its ending says more. */
function kindOf(name) {
	const packing = PACKINGS.get(name.toLowerCase().split(".").at(-1) ?? "") ?? null;
	return knownKind(name) ?? {
		format: "text",
		packing
	};
}
// src/corpus/places/chosen.ts
/** @file Files chosen out of a set by a pattern: of a folder on this machine, or of a repository of the Hub. */
/** The files that a pattern matches, below a place that stays as it is. */
async function globbedFiles(spec, { base, pattern }, open) {
	const folder = globFolder(pattern);
	const below = pattern.slice(folder === "" ? 0 : folder.length + 1);
	const root = base === "" && folder === "" && pattern.startsWith("/") ? "/" : `${base}${folder}`;
	const files = await open(root.replace(/\/$/, "") || (base === "" ? "." : root));
	let names;
	try {
		names = globbed(below, files.names);
	} catch {
		throw corpusNoFiles(spec, "the pattern has too many wildcards or alternatives");
	}
	const readable = names.filter((name) => unreadKind(name) === null);
	if (readable.length === 0) throw corpusNoFiles(spec, `no file matches "${pattern}"`);
	return {
		files,
		names: readable
	};
}
// src/corpus/places/hub-dataset.ts
/**
* @file Which files of a dataset repository are meant by `[:config][/split]`: what its README declares (`configs` with
* `data_files`), else what its file names say, else the Parquet files that the Hub made of it (`refs/convert/parquet`).
*
* Source: Hugging Face, "Manual Configuration" and "File names and splits" of datasets. Left out: datasets that only a Python
* script can read, unless the Hub has converted them.
*/
/** What the head of a README may have: fineweb's has 30 kB. */
const MOST_README_BYTES = 4 * 2 ** 20;
/** Where a dataset has several and none is named: text to measure on, not to train on. */
const PREFERRED = [
	"test",
	"validation",
	"train"
];
/** Errors: DATASET_CHOICE, CORPUS_NO_FILES, those of the Hub. */
async function datasetFiles(spec, part, open) {
	const base = `${part.repository}/`;
	if (isGlob(part.path)) return await globbedFiles(spec, {
		base,
		pattern: part.path
	}, open);
	if (knownKind(part.path) !== null) {
		const files = await open(`${base}${part.path}`);
		return {
			files,
			names: files.names
		};
	}
	const declared = await declaredLayout(part, open);
	if (declared !== null) {
		const patterns = choose(spec, declared.layout, part);
		const [first = ""] = patterns;
		const pattern = patterns.length === 1 ? first : `{${patterns.join(",")}}`;
		return await globbedFiles(spec, {
			base: `${pinned(part.repository, declared.revision)}/`,
			pattern
		}, open);
	}
	const files = await open(part.repository);
	const own = layoutOf(files);
	if (own.size > 0) return {
		files,
		names: choose(spec, own, part)
	};
	return await converted(spec, part, open);
}
function pinned(repository, revision) {
	return revision === null ? repository : `${repository.replace(/@.*$/, "")}@${revision}`;
}
/** What stands in the README's head; null: nothing about files. */
async function declaredLayout({ repository }, open) {
	let readme;
	try {
		readme = await open(`${repository}/README.md`);
	} catch (error) {
		if (error instanceof SaegateError && /^HUB_(PATH|OFFLINE)_MISSING$/.test(error.code)) return null;
		throw error;
	}
	const source = await readme.open("README.md");
	try {
		const bytes = await source.read(0, Math.min(source.byteLength, MOST_README_BYTES));
		const head = /^---\r?\n(.*?)\r?\n---/s.exec(new TextDecoder().decode(bytes))?.[1];
		const layout = head === void 0 ? null : declaredIn(head);
		return layout === null ? null : {
			layout,
			revision: readme.revision
		};
	} finally {
		await source.close();
	}
}
function declaredIn(head) {
	let declared;
	try {
		declared = (0, import_dist.parse)(head, { maxAliasCount: 0 });
	} catch {
		return null;
	}
	const layout = /* @__PURE__ */ new Map();
	for (const config of listAt(declared, "configs")) {
		const splits = /* @__PURE__ */ new Map();
		const files = at(config, "data_files");
		for (const entry of Array.isArray(files) ? files : [files]) {
			const patterns = texts(typeof entry === "string" ? entry : at(entry, "path"));
			const split = typeof entry === "string" ? "train" : String(at(entry, "split") ?? "train");
			if (patterns.length > 0) splits.set(split, [...splits.get(split) ?? [], ...patterns]);
		}
		if (splits.size > 0) layout.set(String(at(config, "config_name") ?? "default"), splits);
	}
	return layout.size === 0 ? null : layout;
}
function at(value, key) {
	if (typeof value !== "object" || value === null) return void 0;
	return Object.entries(value).find(([name]) => name === key)?.[1];
}
function listAt(value, key) {
	const found = at(value, key);
	return Array.isArray(found) ? found : [];
}
function texts(value) {
	return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === "string");
}
const SPLIT_WORDS = [
	["train", /(^|[^a-z])(train|training)([^a-z]|$)/i],
	["validation", /(^|[^a-z])(validation|valid|val|dev)([^a-z]|$)/i],
	["test", /(^|[^a-z])(test|testing|eval|evaluation)([^a-z]|$)/i]
];
/** What stands beside the data. */
const ABOUT = /(^|\/)(readme[^/]*|license[^/]*|changelog[^/]*|dataset_infos?\.json|\.[^/]*)$/i;
/** By names: a folder that is no split and not "data" is a config; a word for a split makes one, else all is train. */
function layoutOf({ names }) {
	const layout = /* @__PURE__ */ new Map();
	for (const name of names) {
		if (knownKind(name) === null || ABOUT.test(name)) continue;
		const folders = name.split("/").slice(0, -1);
		const split = SPLIT_WORDS.find(([, words]) => words.test(name))?.[0] ?? "train";
		const config = folders.find((folder) => folder !== "data" && splitOf(folder) === null) ?? "default";
		const splits = layout.get(config) ?? /* @__PURE__ */ new Map();
		splits.set(split, [...splits.get(split) ?? [], name]);
		layout.set(config, splits);
	}
	return layout;
}
function splitOf(folder) {
	return SPLIT_WORDS.find(([, words]) => words.test(folder))?.[0] ?? null;
}
/** `refs/convert/parquet`: config/split/0000.parquet, of the newest commit alone. */
async function converted(spec, part, open) {
	if (part.repository.includes("@") || !part.repository.startsWith("hf:datasets/")) throw corpusNoFiles(spec, "the repository has none of these at that revision");
	const files = await open(`${part.repository}@refs/convert/parquet`);
	const layout = /* @__PURE__ */ new Map();
	for (const name of files.names) {
		const [config, split, file, ...deeper] = name.split("/");
		if (config === void 0 || split === void 0 || file === void 0 || deeper.length > 0) continue;
		const splits = layout.get(config) ?? /* @__PURE__ */ new Map();
		const plain = split.replace(/^partial-/, "");
		splits.set(plain, [...splits.get(plain) ?? [], name]);
		layout.set(config, splits);
	}
	if (layout.size === 0) throw corpusNoFiles(spec, "neither the repository nor what the Hub made of it has any");
	return {
		files,
		names: choose(spec, layout, part)
	};
}
/** The patterns of the config and split that are named, or that go without saying. */
function choose(spec, layout, { config, path }) {
	const configs = [...layout.keys()];
	const name = config ?? (configs.length === 1 ? configs[0] : configs.find((one) => one === "default"));
	const splits = name === void 0 ? void 0 : layout.get(name);
	if (splits === void 0) throw datasetChoice(spec, "config", config, configs);
	const names = [...splits.keys()];
	const split = path || PREFERRED.find((one) => splits.has(one)) || (names.length === 1 ? names[0] : void 0);
	const patterns = split === void 0 ? void 0 : splits.get(split);
	if (patterns === void 0) throw datasetChoice(spec, "split", path || null, names);
	return patterns;
}
// src/corpus/places/corpus-files.ts
/** @file From a corpus spec to the files it means, in order: paths, folders and globs of this machine, datasets of the Hub, names. */
/** Errors: CORPUS_NO_FILES, CORPUS_UNSUPPORTED, DATASET_CHOICE, those of opening. */
async function corpusFiles(source, open) {
	const opened = [];
	const opening = async (spec) => {
		const files = await open(spec);
		opened.push(files);
		return files;
	};
	const close = async () => {
		for (const files of opened) await files.close();
	};
	try {
		const parts = await exists(source) ? [source] : corpusParts(source);
		const chosen = [];
		for (const part of parts) chosen.push(await chosenFiles(part, opening));
		const named = parts.map((part) => namedPart(part)?.corpus ?? null);
		const revisions = new Set(chosen.map(({ files }) => files.revision));
		const [revision = null] = revisions;
		return {
			files: chosen.flatMap((one) => one.names.map((name) => corpusFile(one.files, name))),
			revision: revisions.size === 1 ? revision : null,
			field: named[0]?.field ?? null,
			ofLines: named.length > 0 && named.every((one) => one?.records === "lines"),
			close
		};
	} catch (error) {
		await close();
		throw error;
	}
}
function corpusFile(files, name) {
	const full = files.localPath(name) ?? `${files.spec}: ${name}`;
	return {
		name: files.revision === null ? full : name,
		kind: kindOf(name),
		open: () => files.openParts === void 0 ? files.open(name) : files.openParts(name)
	};
}
async function chosenFiles(part, open) {
	const named = namedPart(part);
	if (named !== null) {
		const { corpus, split } = named;
		const [first = ""] = Object.keys(corpus.splits);
		const pattern = Object.entries(corpus.splits).find(([name]) => name === (split ?? first))?.[1];
		if (pattern === void 0) throw datasetChoice(part, "split", split, Object.keys(corpus.splits));
		return await globbedFiles(part, {
			base: `hf:datasets/${corpus.dataset}@${corpus.revision}/`,
			pattern
		}, open);
	}
	const dataset = datasetPart(part);
	if (dataset !== null) return await datasetFiles(part, dataset, open);
	if (isGlob(part) && !await exists(part)) return await globbedFiles(part, {
		base: "",
		pattern: part
	}, open);
	return await localFiles(part, open);
}
/** One file, whatever it is called; of a folder the files whose endings are known. */
async function localFiles(path, open) {
	const files = await open(path);
	if (!await stat(path).then((found) => found.isDirectory(), () => false)) {
		const unread = unreadKind(path);
		if (unread !== null) throw corpusUnsupported(path, unread);
		return {
			files,
			names: files.names
		};
	}
	const names = files.names.filter((name) => knownKind(name) !== null);
	if (names.length === 0) throw corpusNoFiles(path, "the folder has none of these");
	return {
		files,
		names
	};
}
async function exists(path) {
	return stat(path).then(() => true, () => false);
}
// node_modules/@huggingface/jinja/dist/index.js
var __defProp = Object.defineProperty;
var __defNormalProp = (obj, key, value) => key in obj ? __defProp(obj, key, {
	enumerable: true,
	configurable: true,
	writable: true,
	value
}) : obj[key] = value;
var __publicField = (obj, key, value) => {
	__defNormalProp(obj, typeof key !== "symbol" ? key + "" : key, value);
	return value;
};
var TOKEN_TYPES = Object.freeze({
	Text: "Text",
	NumericLiteral: "NumericLiteral",
	StringLiteral: "StringLiteral",
	Identifier: "Identifier",
	Equals: "Equals",
	OpenParen: "OpenParen",
	CloseParen: "CloseParen",
	OpenStatement: "OpenStatement",
	CloseStatement: "CloseStatement",
	OpenExpression: "OpenExpression",
	CloseExpression: "CloseExpression",
	OpenSquareBracket: "OpenSquareBracket",
	CloseSquareBracket: "CloseSquareBracket",
	OpenCurlyBracket: "OpenCurlyBracket",
	CloseCurlyBracket: "CloseCurlyBracket",
	Comma: "Comma",
	Dot: "Dot",
	Colon: "Colon",
	Pipe: "Pipe",
	CallOperator: "CallOperator",
	AdditiveBinaryOperator: "AdditiveBinaryOperator",
	MultiplicativeBinaryOperator: "MultiplicativeBinaryOperator",
	ExponentiationBinaryOperator: "ExponentiationBinaryOperator",
	ComparisonBinaryOperator: "ComparisonBinaryOperator",
	UnaryOperator: "UnaryOperator",
	Comment: "Comment"
});
var Token = class {
	/**
	* Constructs a new Token.
	* @param {string} value The raw value as seen inside the source code.
	* @param {TokenType} type The type of token.
	*/
	constructor(value, type) {
		this.value = value;
		this.type = type;
	}
};
function isWord(char) {
	return /\w/.test(char);
}
function isInteger(char) {
	return /[0-9]/.test(char);
}
function isWhitespace(char) {
	return /\s/.test(char);
}
var ORDERED_MAPPING_TABLE = [
	["{%", TOKEN_TYPES.OpenStatement],
	["%}", TOKEN_TYPES.CloseStatement],
	["{{", TOKEN_TYPES.OpenExpression],
	["}}", TOKEN_TYPES.CloseExpression],
	["(", TOKEN_TYPES.OpenParen],
	[")", TOKEN_TYPES.CloseParen],
	["{", TOKEN_TYPES.OpenCurlyBracket],
	["}", TOKEN_TYPES.CloseCurlyBracket],
	["[", TOKEN_TYPES.OpenSquareBracket],
	["]", TOKEN_TYPES.CloseSquareBracket],
	[",", TOKEN_TYPES.Comma],
	[".", TOKEN_TYPES.Dot],
	[":", TOKEN_TYPES.Colon],
	["|", TOKEN_TYPES.Pipe],
	["<=", TOKEN_TYPES.ComparisonBinaryOperator],
	[">=", TOKEN_TYPES.ComparisonBinaryOperator],
	["==", TOKEN_TYPES.ComparisonBinaryOperator],
	["!=", TOKEN_TYPES.ComparisonBinaryOperator],
	["<", TOKEN_TYPES.ComparisonBinaryOperator],
	[">", TOKEN_TYPES.ComparisonBinaryOperator],
	["+", TOKEN_TYPES.AdditiveBinaryOperator],
	["-", TOKEN_TYPES.AdditiveBinaryOperator],
	["~", TOKEN_TYPES.AdditiveBinaryOperator],
	["**", TOKEN_TYPES.ExponentiationBinaryOperator],
	["*", TOKEN_TYPES.MultiplicativeBinaryOperator],
	["//", TOKEN_TYPES.MultiplicativeBinaryOperator],
	["/", TOKEN_TYPES.MultiplicativeBinaryOperator],
	["%", TOKEN_TYPES.MultiplicativeBinaryOperator],
	["=", TOKEN_TYPES.Equals]
];
var ESCAPE_CHARACTERS = /* @__PURE__ */ new Map([
	["n", "\n"],
	["t", "	"],
	["r", "\r"],
	["b", "\b"],
	["f", "\f"],
	["v", "\v"],
	["'", "'"],
	["\"", "\""],
	["\\", "\\"]
]);
function preprocess(template, options = {}) {
	if (template.endsWith("\n")) template = template.slice(0, -1);
	if (options.lstrip_blocks) template = template.replace(/^[ \t]*({[#%-])/gm, "$1");
	if (options.trim_blocks) template = template.replace(/([#%-]})\n/g, "$1");
	return template.replace(/(\s*){%(-?)\s*(?:end)?generation\s*(-?)%}(\s*)/gs, (_, before, lstrip, rstrip, after) => (lstrip ? "" : before) + (rstrip ? "" : after));
}
function tokenize(source, options = {}) {
	const tokens = [];
	const src = preprocess(source, options);
	let cursorPosition = 0;
	let curlyBracketDepth = 0;
	const consumeWhile = (predicate) => {
		let str = "";
		while (predicate(src[cursorPosition])) {
			if (src[cursorPosition] === "\\") {
				++cursorPosition;
				if (cursorPosition >= src.length) throw new SyntaxError("Unexpected end of input");
				const escaped = src[cursorPosition++];
				if (escaped === "x" || escaped === "u") {
					const length = escaped === "x" ? 2 : 4;
					const hex = src.slice(cursorPosition, cursorPosition + length);
					if (hex.length !== length || /[^0-9a-f]/i.test(hex)) throw new SyntaxError(`Invalid hexadecimal escape sequence: \\${escaped}${hex}`);
					str += String.fromCharCode(parseInt(hex, 16));
					cursorPosition += length;
					continue;
				}
				const unescaped = ESCAPE_CHARACTERS.get(escaped);
				if (unescaped === void 0) throw new SyntaxError(`Unexpected escaped character: ${escaped}`);
				str += unescaped;
				continue;
			}
			str += src[cursorPosition++];
			if (cursorPosition >= src.length) throw new SyntaxError("Unexpected end of input");
		}
		return str;
	};
	const stripTrailingWhitespace = () => {
		const lastToken = tokens.at(-1);
		if (lastToken && lastToken.type === TOKEN_TYPES.Text) {
			lastToken.value = lastToken.value.trimEnd();
			if (lastToken.value === "") tokens.pop();
		}
	};
	const skipLeadingWhitespace = () => {
		while (cursorPosition < src.length && isWhitespace(src[cursorPosition])) ++cursorPosition;
	};
	main: while (cursorPosition < src.length) {
		const lastTokenType = tokens.at(-1)?.type;
		if (lastTokenType === void 0 || lastTokenType === TOKEN_TYPES.CloseStatement || lastTokenType === TOKEN_TYPES.CloseExpression || lastTokenType === TOKEN_TYPES.Comment) {
			let text = "";
			while (cursorPosition < src.length && !(src[cursorPosition] === "{" && (src[cursorPosition + 1] === "%" || src[cursorPosition + 1] === "{" || src[cursorPosition + 1] === "#"))) text += src[cursorPosition++];
			if (text.length > 0) {
				tokens.push(new Token(text, TOKEN_TYPES.Text));
				continue;
			}
		}
		if (src[cursorPosition] === "{" && src[cursorPosition + 1] === "#") {
			cursorPosition += 2;
			const stripBefore = src[cursorPosition] === "-";
			if (stripBefore) ++cursorPosition;
			let comment = "";
			while (src[cursorPosition] !== "#" || src[cursorPosition + 1] !== "}") {
				if (cursorPosition + 2 >= src.length) throw new SyntaxError("Missing end of comment tag");
				comment += src[cursorPosition++];
			}
			const stripAfter = comment.endsWith("-");
			if (stripAfter) comment = comment.slice(0, -1);
			if (stripBefore) stripTrailingWhitespace();
			tokens.push(new Token(comment, TOKEN_TYPES.Comment));
			cursorPosition += 2;
			if (stripAfter) skipLeadingWhitespace();
			continue;
		}
		if (src.slice(cursorPosition, cursorPosition + 3) === "{%-") {
			stripTrailingWhitespace();
			tokens.push(new Token("{%", TOKEN_TYPES.OpenStatement));
			cursorPosition += 3;
			continue;
		}
		if (src.slice(cursorPosition, cursorPosition + 3) === "{{-") {
			stripTrailingWhitespace();
			tokens.push(new Token("{{", TOKEN_TYPES.OpenExpression));
			curlyBracketDepth = 0;
			cursorPosition += 3;
			continue;
		}
		consumeWhile(isWhitespace);
		if (src.slice(cursorPosition, cursorPosition + 3) === "-%}") {
			tokens.push(new Token("%}", TOKEN_TYPES.CloseStatement));
			cursorPosition += 3;
			skipLeadingWhitespace();
			continue;
		}
		if (src.slice(cursorPosition, cursorPosition + 3) === "-}}") {
			tokens.push(new Token("}}", TOKEN_TYPES.CloseExpression));
			cursorPosition += 3;
			skipLeadingWhitespace();
			continue;
		}
		const char = src[cursorPosition];
		if (char === "-" || char === "+") {
			const lastTokenType2 = tokens.at(-1)?.type;
			if (lastTokenType2 === TOKEN_TYPES.Text || lastTokenType2 === void 0) throw new SyntaxError(`Unexpected character: ${char}`);
			switch (lastTokenType2) {
				case TOKEN_TYPES.Identifier:
				case TOKEN_TYPES.NumericLiteral:
				case TOKEN_TYPES.StringLiteral:
				case TOKEN_TYPES.CloseParen:
				case TOKEN_TYPES.CloseSquareBracket: break;
				default: {
					++cursorPosition;
					let num = consumeWhile(isInteger);
					if (num.length > 0 && src[cursorPosition] === "." && isInteger(src[cursorPosition + 1])) {
						++cursorPosition;
						const frac = consumeWhile(isInteger);
						num = `${num}.${frac}`;
					}
					tokens.push(new Token(`${char}${num}`, num.length > 0 ? TOKEN_TYPES.NumericLiteral : TOKEN_TYPES.UnaryOperator));
					continue;
				}
			}
		}
		for (const [seq, type] of ORDERED_MAPPING_TABLE) {
			if (seq === "}}" && curlyBracketDepth > 0) continue;
			if (src.slice(cursorPosition, cursorPosition + seq.length) === seq) {
				tokens.push(new Token(seq, type));
				if (type === TOKEN_TYPES.OpenExpression) curlyBracketDepth = 0;
				else if (type === TOKEN_TYPES.OpenCurlyBracket) ++curlyBracketDepth;
				else if (type === TOKEN_TYPES.CloseCurlyBracket) --curlyBracketDepth;
				cursorPosition += seq.length;
				continue main;
			}
		}
		if (char === "'" || char === "\"") {
			++cursorPosition;
			const str = consumeWhile((c) => c !== char);
			tokens.push(new Token(str, TOKEN_TYPES.StringLiteral));
			++cursorPosition;
			continue;
		}
		if (isInteger(char)) {
			let num = consumeWhile(isInteger);
			if (tokens.at(-1)?.type !== TOKEN_TYPES.Dot && src[cursorPosition] === "." && isInteger(src[cursorPosition + 1])) {
				++cursorPosition;
				const frac = consumeWhile(isInteger);
				num = `${num}.${frac}`;
			}
			tokens.push(new Token(num, TOKEN_TYPES.NumericLiteral));
			continue;
		}
		if (isWord(char)) {
			const word = consumeWhile(isWord);
			tokens.push(new Token(word, TOKEN_TYPES.Identifier));
			continue;
		}
		throw new SyntaxError(`Unexpected character: ${char}`);
	}
	return tokens;
}
var Statement = class {
	type = "Statement";
};
var Program = class extends Statement {
	constructor(body) {
		super();
		this.body = body;
	}
	type = "Program";
};
var If = class extends Statement {
	constructor(test, body, alternate) {
		super();
		this.test = test;
		this.body = body;
		this.alternate = alternate;
	}
	type = "If";
};
var For = class extends Statement {
	constructor(loopvar, iterable, body, defaultBlock) {
		super();
		this.loopvar = loopvar;
		this.iterable = iterable;
		this.body = body;
		this.defaultBlock = defaultBlock;
	}
	type = "For";
};
var Break = class extends Statement {
	type = "Break";
};
var Continue = class extends Statement {
	type = "Continue";
};
var SetStatement = class extends Statement {
	constructor(assignee, value, body) {
		super();
		this.assignee = assignee;
		this.value = value;
		this.body = body;
	}
	type = "Set";
};
var Macro = class extends Statement {
	constructor(name, args, body) {
		super();
		this.name = name;
		this.args = args;
		this.body = body;
	}
	type = "Macro";
};
var Comment = class extends Statement {
	constructor(value) {
		super();
		this.value = value;
	}
	type = "Comment";
};
var Expression = class extends Statement {
	type = "Expression";
};
var MemberExpression = class extends Expression {
	constructor(object, property, computed) {
		super();
		this.object = object;
		this.property = property;
		this.computed = computed;
	}
	type = "MemberExpression";
};
var CallExpression = class extends Expression {
	constructor(callee, args) {
		super();
		this.callee = callee;
		this.args = args;
	}
	type = "CallExpression";
};
var Identifier = class extends Expression {
	/**
	* @param {string} value The name of the identifier
	*/
	constructor(value) {
		super();
		this.value = value;
	}
	type = "Identifier";
};
var Literal = class extends Expression {
	constructor(value) {
		super();
		this.value = value;
	}
	type = "Literal";
};
var IntegerLiteral = class extends Literal {
	type = "IntegerLiteral";
};
var FloatLiteral = class extends Literal {
	type = "FloatLiteral";
};
var StringLiteral = class extends Literal {
	type = "StringLiteral";
};
var ArrayLiteral = class extends Literal {
	type = "ArrayLiteral";
};
var TupleLiteral = class extends Literal {
	type = "TupleLiteral";
};
var ObjectLiteral = class extends Literal {
	type = "ObjectLiteral";
};
var BinaryExpression = class extends Expression {
	constructor(operator, left, right) {
		super();
		this.operator = operator;
		this.left = left;
		this.right = right;
	}
	type = "BinaryExpression";
};
var FilterExpression = class extends Expression {
	constructor(operand, filter) {
		super();
		this.operand = operand;
		this.filter = filter;
	}
	type = "FilterExpression";
};
var FilterStatement = class extends Statement {
	constructor(filter, body) {
		super();
		this.filter = filter;
		this.body = body;
	}
	type = "FilterStatement";
};
var SelectExpression = class extends Expression {
	constructor(lhs, test) {
		super();
		this.lhs = lhs;
		this.test = test;
	}
	type = "SelectExpression";
};
var TestExpression = class extends Expression {
	constructor(operand, negate, test) {
		super();
		this.operand = operand;
		this.negate = negate;
		this.test = test;
	}
	type = "TestExpression";
};
var UnaryExpression = class extends Expression {
	constructor(operator, argument) {
		super();
		this.operator = operator;
		this.argument = argument;
	}
	type = "UnaryExpression";
};
var SliceExpression = class extends Expression {
	constructor(start = void 0, stop = void 0, step = void 0) {
		super();
		this.start = start;
		this.stop = stop;
		this.step = step;
	}
	type = "SliceExpression";
};
var KeywordArgumentExpression = class extends Expression {
	constructor(key, value) {
		super();
		this.key = key;
		this.value = value;
	}
	type = "KeywordArgumentExpression";
};
var SpreadExpression = class extends Expression {
	constructor(argument) {
		super();
		this.argument = argument;
	}
	type = "SpreadExpression";
};
var KeywordSpreadExpression = class extends Expression {
	constructor(argument) {
		super();
		this.argument = argument;
	}
	type = "KeywordSpreadExpression";
};
var CallStatement = class extends Statement {
	constructor(call, callerArgs, body) {
		super();
		this.call = call;
		this.callerArgs = callerArgs;
		this.body = body;
	}
	type = "CallStatement";
};
var Ternary = class extends Expression {
	constructor(condition, trueExpr, falseExpr) {
		super();
		this.condition = condition;
		this.trueExpr = trueExpr;
		this.falseExpr = falseExpr;
	}
	type = "Ternary";
};
function parse$1(tokens) {
	const program = new Program([]);
	let current = 0;
	function expect(type, error) {
		const prev = tokens[current++];
		if (!prev || prev.type !== type) throw new Error(`Parser Error: ${error}. ${prev.type} !== ${type}.`);
		return prev;
	}
	function expectIdentifier(name) {
		if (!isIdentifier(name)) throw new SyntaxError(`Expected ${name}`);
		++current;
	}
	function parseAny() {
		switch (tokens[current].type) {
			case TOKEN_TYPES.Comment: return new Comment(tokens[current++].value);
			case TOKEN_TYPES.Text: return parseText();
			case TOKEN_TYPES.OpenStatement: return parseJinjaStatement();
			case TOKEN_TYPES.OpenExpression: return parseJinjaExpression();
			default: throw new SyntaxError(`Unexpected token type: ${tokens[current].type}`);
		}
	}
	function is(...types) {
		return current + types.length <= tokens.length && types.every((type, i) => type === tokens[current + i].type);
	}
	function isStatement(...names) {
		return tokens[current]?.type === TOKEN_TYPES.OpenStatement && tokens[current + 1]?.type === TOKEN_TYPES.Identifier && names.includes(tokens[current + 1]?.value);
	}
	function isIdentifier(...names) {
		return current + names.length <= tokens.length && names.every((name, i) => tokens[current + i].type === "Identifier" && name === tokens[current + i].value);
	}
	function parseText() {
		return new StringLiteral(expect(TOKEN_TYPES.Text, "Expected text token").value);
	}
	function parseJinjaStatement() {
		expect(TOKEN_TYPES.OpenStatement, "Expected opening statement token");
		if (tokens[current].type !== TOKEN_TYPES.Identifier) throw new SyntaxError(`Unknown statement, got ${tokens[current].type}`);
		const name = tokens[current].value;
		let result;
		switch (name) {
			case "set":
				++current;
				result = parseSetStatement();
				break;
			case "if":
				++current;
				result = parseIfStatement();
				expect(TOKEN_TYPES.OpenStatement, "Expected {% token");
				expectIdentifier("endif");
				expect(TOKEN_TYPES.CloseStatement, "Expected %} token");
				break;
			case "macro":
				++current;
				result = parseMacroStatement();
				expect(TOKEN_TYPES.OpenStatement, "Expected {% token");
				expectIdentifier("endmacro");
				expect(TOKEN_TYPES.CloseStatement, "Expected %} token");
				break;
			case "for":
				++current;
				result = parseForStatement();
				expect(TOKEN_TYPES.OpenStatement, "Expected {% token");
				expectIdentifier("endfor");
				expect(TOKEN_TYPES.CloseStatement, "Expected %} token");
				break;
			case "call": {
				++current;
				let callerArgs = null;
				if (is(TOKEN_TYPES.OpenParen)) callerArgs = parseArgs("parameters");
				const callee = parsePrimaryExpression();
				if (callee.type !== "Identifier") throw new SyntaxError(`Expected identifier following call statement`);
				const callArgs = parseArgs("call");
				expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
				const body = [];
				while (!isStatement("endcall")) body.push(parseAny());
				expect(TOKEN_TYPES.OpenStatement, "Expected '{%'");
				expectIdentifier("endcall");
				expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
				result = new CallStatement(new CallExpression(callee, callArgs), callerArgs, body);
				break;
			}
			case "break":
				++current;
				expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
				result = new Break();
				break;
			case "continue":
				++current;
				expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
				result = new Continue();
				break;
			case "filter": {
				++current;
				let filterNode = parsePrimaryExpression();
				if (filterNode instanceof Identifier && is(TOKEN_TYPES.OpenParen)) filterNode = parseCallExpression(filterNode);
				expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
				const filterBody = [];
				while (!isStatement("endfilter")) filterBody.push(parseAny());
				expect(TOKEN_TYPES.OpenStatement, "Expected '{%'");
				expectIdentifier("endfilter");
				expect(TOKEN_TYPES.CloseStatement, "Expected '%}'");
				result = new FilterStatement(filterNode, filterBody);
				break;
			}
			default: throw new SyntaxError(`Unknown statement type: ${name}`);
		}
		return result;
	}
	function parseJinjaExpression() {
		expect(TOKEN_TYPES.OpenExpression, "Expected opening expression token");
		const result = parseExpression();
		expect(TOKEN_TYPES.CloseExpression, "Expected closing expression token");
		return result;
	}
	function parseSetStatement() {
		const left = parseExpressionSequence();
		let value = null;
		const body = [];
		if (is(TOKEN_TYPES.Equals)) {
			++current;
			value = parseExpressionSequence();
		} else {
			expect(TOKEN_TYPES.CloseStatement, "Expected %} token");
			while (!isStatement("endset")) body.push(parseAny());
			expect(TOKEN_TYPES.OpenStatement, "Expected {% token");
			expectIdentifier("endset");
		}
		expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
		return new SetStatement(left, value, body);
	}
	function parseIfStatement() {
		const test = parseExpression();
		expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
		const body = [];
		const alternate = [];
		while (!isStatement("elif", "else", "endif")) body.push(parseAny());
		if (isStatement("elif")) {
			++current;
			++current;
			const result = parseIfStatement();
			alternate.push(result);
		} else if (isStatement("else")) {
			++current;
			++current;
			expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
			while (!isStatement("endif")) alternate.push(parseAny());
		}
		return new If(test, body, alternate);
	}
	function parseMacroStatement() {
		const name = parsePrimaryExpression();
		if (name.type !== "Identifier") throw new SyntaxError(`Expected identifier following macro statement`);
		const args = parseArgs("parameters");
		expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
		const body = [];
		while (!isStatement("endmacro")) body.push(parseAny());
		return new Macro(name, args, body);
	}
	function parseExpressionSequence(primary = false) {
		const fn = primary ? parsePrimaryExpression : parseExpression;
		const expressions = [fn()];
		const isTuple = is(TOKEN_TYPES.Comma);
		while (isTuple) {
			++current;
			expressions.push(fn());
			if (!is(TOKEN_TYPES.Comma)) break;
		}
		return isTuple ? new TupleLiteral(expressions) : expressions[0];
	}
	function parseForStatement() {
		const loopVariable = parseExpressionSequence(true);
		if (!(loopVariable instanceof Identifier || loopVariable instanceof TupleLiteral)) throw new SyntaxError(`Expected identifier/tuple for the loop variable, got ${loopVariable.type} instead`);
		if (!isIdentifier("in")) throw new SyntaxError("Expected `in` keyword following loop variable");
		++current;
		const iterable = parseExpression();
		expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
		const body = [];
		while (!isStatement("endfor", "else")) body.push(parseAny());
		const alternative = [];
		if (isStatement("else")) {
			++current;
			++current;
			expect(TOKEN_TYPES.CloseStatement, "Expected closing statement token");
			while (!isStatement("endfor")) alternative.push(parseAny());
		}
		return new For(loopVariable, iterable, body, alternative);
	}
	function parseExpression() {
		return parseIfExpression();
	}
	function parseIfExpression() {
		const a = parseLogicalOrExpression();
		if (isIdentifier("if")) {
			++current;
			const test = parseLogicalOrExpression();
			if (isIdentifier("else")) {
				++current;
				return new Ternary(test, a, parseIfExpression());
			} else return new SelectExpression(a, test);
		}
		return a;
	}
	function parseLogicalOrExpression() {
		let left = parseLogicalAndExpression();
		while (isIdentifier("or")) {
			const operator = tokens[current];
			++current;
			const right = parseLogicalAndExpression();
			left = new BinaryExpression(operator, left, right);
		}
		return left;
	}
	function parseLogicalAndExpression() {
		let left = parseLogicalNegationExpression();
		while (isIdentifier("and")) {
			const operator = tokens[current];
			++current;
			const right = parseLogicalNegationExpression();
			left = new BinaryExpression(operator, left, right);
		}
		return left;
	}
	function parseLogicalNegationExpression() {
		let right;
		while (isIdentifier("not")) {
			const operator = tokens[current];
			++current;
			right = new UnaryExpression(operator, parseLogicalNegationExpression());
		}
		return right ?? parseComparisonExpression();
	}
	function parseComparisonExpression() {
		let left = parseAdditiveExpression();
		while (true) {
			let operator;
			if (isIdentifier("not", "in")) {
				operator = new Token("not in", TOKEN_TYPES.Identifier);
				current += 2;
			} else if (isIdentifier("in")) operator = tokens[current++];
			else if (is(TOKEN_TYPES.ComparisonBinaryOperator)) operator = tokens[current++];
			else break;
			const right = parseAdditiveExpression();
			left = new BinaryExpression(operator, left, right);
		}
		return left;
	}
	function parseAdditiveExpression() {
		let left = parseMultiplicativeExpression();
		while (is(TOKEN_TYPES.AdditiveBinaryOperator)) {
			const operator = tokens[current];
			++current;
			const right = parseMultiplicativeExpression();
			left = new BinaryExpression(operator, left, right);
		}
		return left;
	}
	function parseCallMemberExpression() {
		const member = parseMemberExpression(parsePrimaryExpression());
		if (is(TOKEN_TYPES.OpenParen)) return parseCallExpression(member);
		return member;
	}
	function parseCallExpression(callee) {
		let expression = new CallExpression(callee, parseArgs("call"));
		expression = parseMemberExpression(expression);
		if (is(TOKEN_TYPES.OpenParen)) expression = parseCallExpression(expression);
		return expression;
	}
	function parseArgs(mode) {
		expect(TOKEN_TYPES.OpenParen, "Expected opening parenthesis for arguments list");
		const args = parseArgumentsList(mode);
		expect(TOKEN_TYPES.CloseParen, "Expected closing parenthesis for arguments list");
		return args;
	}
	function parseArgumentsList(mode) {
		const args = [];
		const parameterNames = /* @__PURE__ */ new Set();
		let sawKeywordOrDefault = false;
		let sawSpreadArgument = false;
		while (!is(TOKEN_TYPES.CloseParen)) {
			const isKeywordSpread = is(TOKEN_TYPES.ExponentiationBinaryOperator);
			const isPositionalSpread = is(TOKEN_TYPES.MultiplicativeBinaryOperator) && tokens[current].value === "*";
			if (mode === "parameters" && (isKeywordSpread || isPositionalSpread)) throw new SyntaxError("Argument unpacking is not allowed in parameter declarations");
			if (isKeywordSpread) {
				++current;
				args.push(new KeywordSpreadExpression(parseExpression()));
				if (is(TOKEN_TYPES.Comma)) ++current;
				if (!is(TOKEN_TYPES.CloseParen)) throw new SyntaxError("Expected closing parenthesis: `**` must be applied to the final argument");
				break;
			}
			let argument;
			if (isPositionalSpread) {
				if (sawSpreadArgument) throw new SyntaxError("Only one `*` argument unpacking is allowed");
				sawSpreadArgument = true;
				++current;
				argument = new SpreadExpression(parseExpression());
			} else {
				argument = parseExpression();
				if (is(TOKEN_TYPES.Equals)) {
					++current;
					if (!(argument instanceof Identifier)) throw new SyntaxError(mode === "parameters" ? "Expected identifier for parameter declaration" : "Expected identifier for keyword argument");
					const value = parseExpression();
					argument = new KeywordArgumentExpression(argument, value);
				}
				if (mode === "parameters") {
					if (!(argument instanceof Identifier || argument instanceof KeywordArgumentExpression)) throw new SyntaxError("Expected identifier for parameter declaration");
					const parameterName = argument instanceof Identifier ? argument.value : argument.key.value;
					if (parameterNames.has(parameterName)) throw new SyntaxError(`Duplicate parameter name: ${parameterName}`);
					parameterNames.add(parameterName);
				}
				if (argument instanceof KeywordArgumentExpression) sawKeywordOrDefault = true;
				else if (sawKeywordOrDefault) throw new SyntaxError(mode === "call" ? "Positional arguments must come before keyword arguments" : "Non-default argument follows default argument");
				else if (sawSpreadArgument) throw new SyntaxError("Positional arguments must not follow `*` argument unpacking");
			}
			args.push(argument);
			if (is(TOKEN_TYPES.Comma)) ++current;
		}
		return args;
	}
	function parseMemberExpressionArgumentsList() {
		const slices = [];
		let isSlice = false;
		while (!is(TOKEN_TYPES.CloseSquareBracket)) if (is(TOKEN_TYPES.Colon)) {
			slices.push(void 0);
			++current;
			isSlice = true;
		} else {
			slices.push(parseExpression());
			if (is(TOKEN_TYPES.Colon)) {
				++current;
				isSlice = true;
			}
		}
		if (slices.length === 0) throw new SyntaxError(`Expected at least one argument for member/slice expression`);
		if (isSlice) {
			if (slices.length > 3) throw new SyntaxError(`Expected 0-3 arguments for slice expression`);
			return new SliceExpression(...slices);
		}
		return slices[0];
	}
	function parseMemberExpression(object) {
		while (is(TOKEN_TYPES.Dot) || is(TOKEN_TYPES.OpenSquareBracket)) {
			const operator = tokens[current];
			++current;
			let property;
			const computed = operator.type === TOKEN_TYPES.OpenSquareBracket;
			if (computed) {
				property = parseMemberExpressionArgumentsList();
				expect(TOKEN_TYPES.CloseSquareBracket, "Expected closing square bracket");
			} else {
				property = parsePrimaryExpression();
				if (property.type !== "Identifier" && property.type !== "IntegerLiteral") throw new SyntaxError(`Expected identifier or integer following dot operator`);
			}
			object = new MemberExpression(object, property, computed);
		}
		return object;
	}
	function parseMultiplicativeExpression() {
		let left = parsePowerExpression();
		while (is(TOKEN_TYPES.MultiplicativeBinaryOperator)) {
			const operator = tokens[current++];
			const right = parsePowerExpression();
			left = new BinaryExpression(operator, left, right);
		}
		return left;
	}
	function parsePowerExpression() {
		let left = parseTestExpression();
		while (is(TOKEN_TYPES.ExponentiationBinaryOperator)) {
			const operator = tokens[current++];
			const right = parseTestExpression();
			left = new BinaryExpression(operator, left, right);
		}
		return left;
	}
	function parseTestExpression() {
		let operand = parseFilterExpression();
		while (isIdentifier("is")) {
			++current;
			const negate = isIdentifier("not");
			if (negate) ++current;
			const filter = parsePrimaryExpression();
			if (!(filter instanceof Identifier)) throw new SyntaxError(`Expected identifier for the test`);
			operand = new TestExpression(operand, negate, filter);
		}
		return operand;
	}
	function parseFilterExpression() {
		let operand = parseUnarySignExpression();
		while (is(TOKEN_TYPES.Pipe)) {
			++current;
			let filter = parsePrimaryExpression();
			if (!(filter instanceof Identifier)) throw new SyntaxError(`Expected identifier for the filter`);
			if (is(TOKEN_TYPES.OpenParen)) filter = parseCallExpression(filter);
			operand = new FilterExpression(operand, filter);
		}
		return operand;
	}
	function parseUnarySignExpression() {
		const token = tokens[current];
		if (token && (token.type === TOKEN_TYPES.UnaryOperator || token.type === TOKEN_TYPES.AdditiveBinaryOperator) && (token.value === "-" || token.value === "+")) {
			const operator = tokens[current++];
			return new UnaryExpression(operator, parseUnarySignExpression());
		}
		return parseCallMemberExpression();
	}
	function parsePrimaryExpression() {
		const token = tokens[current++];
		switch (token.type) {
			case TOKEN_TYPES.NumericLiteral: {
				const num = token.value;
				return num.includes(".") ? new FloatLiteral(Number(num)) : new IntegerLiteral(Number(num));
			}
			case TOKEN_TYPES.StringLiteral: {
				let value = token.value;
				while (is(TOKEN_TYPES.StringLiteral)) value += tokens[current++].value;
				return new StringLiteral(value);
			}
			case TOKEN_TYPES.Identifier: return new Identifier(token.value);
			case TOKEN_TYPES.OpenParen: {
				const expression = parseExpressionSequence();
				expect(TOKEN_TYPES.CloseParen, "Expected closing parenthesis, got ${tokens[current].type} instead.");
				return expression;
			}
			case TOKEN_TYPES.OpenSquareBracket: {
				const values = [];
				while (!is(TOKEN_TYPES.CloseSquareBracket)) {
					values.push(parseExpression());
					if (is(TOKEN_TYPES.Comma)) ++current;
				}
				++current;
				return new ArrayLiteral(values);
			}
			case TOKEN_TYPES.OpenCurlyBracket: {
				const values = /* @__PURE__ */ new Map();
				while (!is(TOKEN_TYPES.CloseCurlyBracket)) {
					const key = parseExpression();
					expect(TOKEN_TYPES.Colon, "Expected colon between key and value in object literal");
					const value = parseExpression();
					values.set(key, value);
					if (is(TOKEN_TYPES.Comma)) ++current;
				}
				++current;
				return new ObjectLiteral(values);
			}
			default: throw new SyntaxError(`Unexpected token: ${token.type}`);
		}
	}
	while (current < tokens.length) program.body.push(parseAny());
	return program;
}
function slice(array, start, stop, step = 1) {
	const direction = Math.sign(step);
	if (direction >= 0) {
		start = (start ??= 0) < 0 ? Math.max(array.length + start, 0) : Math.min(start, array.length);
		stop = (stop ??= array.length) < 0 ? Math.max(array.length + stop, 0) : Math.min(stop, array.length);
	} else {
		start = (start ??= array.length - 1) < 0 ? Math.max(array.length + start, -1) : Math.min(start, array.length - 1);
		stop = (stop ??= -1) < -1 ? Math.max(array.length + stop, -1) : Math.min(stop, array.length - 1);
	}
	const result = [];
	for (let i = start; direction * i < direction * stop; i += step) result.push(array[i]);
	return result;
}
function titleCase(value) {
	return value.replace(/\b\w/g, (c) => c.toUpperCase());
}
function escapeRegExp(s) {
	return s.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
function replace(str, oldvalue, newvalue, count) {
	if (count === 0) return str;
	let remaining = count == null || count < 0 ? 1e400 : count;
	const pattern = oldvalue.length === 0 ? /* @__PURE__ */ new RegExp("(?=)", "gu") : new RegExp(escapeRegExp(oldvalue), "gu");
	return str.replaceAll(pattern, (match) => {
		if (remaining > 0) {
			--remaining;
			return newvalue;
		}
		return match;
	});
}
var BreakControl = class extends Error {};
var ContinueControl = class extends Error {};
var EMPTY_BUILTINS = /* @__PURE__ */ new Map();
var RuntimeValue = class {
	type = "RuntimeValue";
	value;
	/**
	* A collection of built-in functions for this type.
	*/
	get builtins() {
		return EMPTY_BUILTINS;
	}
	/**
	* Creates a new RuntimeValue.
	*/
	constructor(value = void 0) {
		this.value = value;
	}
	/**
	* Determines truthiness or falsiness of the runtime value.
	* This function should be overridden by subclasses if it has custom truthiness criteria.
	* @returns {BooleanValue} BooleanValue(true) if the value is truthy, BooleanValue(false) otherwise.
	*/
	__bool__() {
		return new BooleanValue(!!this.value);
	}
	toString() {
		return String(this.value);
	}
};
var IntegerValue = class extends RuntimeValue {
	type = "IntegerValue";
};
var FloatValue = class extends RuntimeValue {
	type = "FloatValue";
	toString() {
		if (Object.is(this.value, -0)) return "-0.0";
		return this.value % 1 === 0 ? this.value.toFixed(1) : this.value.toString();
	}
};
var StringValue = class extends RuntimeValue {
	type = "StringValue";
	_builtins;
	get builtins() {
		return this._builtins ??= /* @__PURE__ */ new Map([
			["upper", new FunctionValue(() => {
				return new StringValue(this.value.toUpperCase());
			})],
			["lower", new FunctionValue(() => {
				return new StringValue(this.value.toLowerCase());
			})],
			["strip", new FunctionValue(() => {
				return new StringValue(this.value.trim());
			})],
			["title", new FunctionValue(() => {
				return new StringValue(titleCase(this.value));
			})],
			["capitalize", new FunctionValue(() => {
				return new StringValue(this.value.charAt(0).toUpperCase() + this.value.slice(1));
			})],
			["length", new IntegerValue(this.value.length)],
			["rstrip", new FunctionValue(() => {
				return new StringValue(this.value.trimEnd());
			})],
			["lstrip", new FunctionValue(() => {
				return new StringValue(this.value.trimStart());
			})],
			["startswith", new FunctionValue((args) => {
				if (args.length === 0) throw new Error("startswith() requires at least one argument");
				const pattern = args[0];
				if (pattern instanceof StringValue) return new BooleanValue(this.value.startsWith(pattern.value));
				else if (pattern instanceof ArrayValue) {
					for (const item of pattern.value) {
						if (!(item instanceof StringValue)) throw new Error("startswith() tuple elements must be strings");
						if (this.value.startsWith(item.value)) return new BooleanValue(true);
					}
					return new BooleanValue(false);
				}
				throw new Error("startswith() argument must be a string or tuple of strings");
			})],
			["endswith", new FunctionValue((args) => {
				if (args.length === 0) throw new Error("endswith() requires at least one argument");
				const pattern = args[0];
				if (pattern instanceof StringValue) return new BooleanValue(this.value.endsWith(pattern.value));
				else if (pattern instanceof ArrayValue) {
					for (const item of pattern.value) {
						if (!(item instanceof StringValue)) throw new Error("endswith() tuple elements must be strings");
						if (this.value.endsWith(item.value)) return new BooleanValue(true);
					}
					return new BooleanValue(false);
				}
				throw new Error("endswith() argument must be a string or tuple of strings");
			})],
			["split", new FunctionValue((args) => {
				const sep = args[0] ?? new NullValue();
				if (!(sep instanceof StringValue || sep instanceof NullValue)) throw new Error("sep argument must be a string or null");
				const maxsplit = args[1] ?? new IntegerValue(-1);
				if (!(maxsplit instanceof IntegerValue)) throw new Error("maxsplit argument must be a number");
				let result = [];
				if (sep instanceof NullValue) {
					const text = this.value.trimStart();
					for (const { 0: match, index } of text.matchAll(/\S+/g)) {
						if (maxsplit.value !== -1 && result.length >= maxsplit.value && index !== void 0) {
							result.push(match + text.slice(index + match.length));
							break;
						}
						result.push(match);
					}
				} else {
					if (sep.value === "") throw new Error("empty separator");
					result = this.value.split(sep.value);
					if (maxsplit.value !== -1 && result.length > maxsplit.value) result.push(result.splice(maxsplit.value).join(sep.value));
				}
				return new ArrayValue(result.map((part) => new StringValue(part)));
			})],
			["replace", new FunctionValue((args) => {
				if (args.length < 2) throw new Error("replace() requires at least two arguments");
				const oldValue = args[0];
				const newValue = args[1];
				if (!(oldValue instanceof StringValue && newValue instanceof StringValue)) throw new Error("replace() arguments must be strings");
				let count;
				if (args.length > 2) {
					if (args[2].type === "KeywordArgumentsValue") count = args[2].value.get("count") ?? new NullValue();
					else count = args[2];
				} else count = new NullValue();
				if (!(count instanceof IntegerValue || count instanceof NullValue)) throw new Error("replace() count argument must be a number or null");
				return new StringValue(replace(this.value, oldValue.value, newValue.value, count.value));
			})]
		]);
	}
};
var BooleanValue = class extends RuntimeValue {
	type = "BooleanValue";
};
var NON_ASCII_CHARS = /[\x7f-\uffff]/g;
function makeAsciiSafe(str) {
	return str.replace(NON_ASCII_CHARS, (char) => "\\u" + char.charCodeAt(0).toString(16).padStart(4, "0"));
}
function toJSON(input, options = {}, depth = 0, convertUndefinedToNull = true) {
	const { indent = null, ensureAscii = false, separators = null, sortKeys = false } = options;
	let itemSeparator;
	let keySeparator;
	if (separators) [itemSeparator, keySeparator] = separators;
	else if (indent) {
		itemSeparator = ",";
		keySeparator = ": ";
	} else {
		itemSeparator = ", ";
		keySeparator = ": ";
	}
	switch (input.type) {
		case "NullValue": return "null";
		case "UndefinedValue": return convertUndefinedToNull ? "null" : "undefined";
		case "IntegerValue":
		case "FloatValue":
		case "BooleanValue": return JSON.stringify(input.value);
		case "StringValue": {
			let result = JSON.stringify(input.value);
			if (ensureAscii) result = makeAsciiSafe(result);
			return result;
		}
		case "ArrayValue":
		case "NamespaceValue":
		case "ObjectValue": {
			const indentValue = indent ? " ".repeat(indent) : "";
			const basePadding = "\n" + indentValue.repeat(depth);
			const childrenPadding = basePadding + indentValue;
			if (input.type === "ArrayValue") {
				const core = input.value.map((x) => toJSON(x, options, depth + 1, convertUndefinedToNull));
				return indent && core.length > 0 ? `[${childrenPadding}${core.join(`${itemSeparator}${childrenPadding}`)}${basePadding}]` : `[${core.join(itemSeparator)}]`;
			} else {
				let entries = Array.from(input.value.entries());
				if (sortKeys) entries = entries.sort(([a], [b]) => a.localeCompare(b));
				const core = entries.map(([key, value]) => {
					let keyStr = JSON.stringify(key);
					if (ensureAscii) keyStr = makeAsciiSafe(keyStr);
					const v = `${keyStr}${keySeparator}${toJSON(value, options, depth + 1, convertUndefinedToNull)}`;
					return indent ? `${childrenPadding}${v}` : v;
				});
				return indent && core.length > 0 ? `{${core.join(itemSeparator)}${basePadding}}` : `{${core.join(itemSeparator)}}`;
			}
		}
		default: throw new Error(`Cannot convert to JSON: ${input.type}`);
	}
}
var ObjectValue = class extends RuntimeValue {
	type = "ObjectValue";
	_builtins;
	/**
	* NOTE: necessary to override since all JavaScript arrays are considered truthy,
	* while only non-empty Python arrays are consider truthy.
	*
	* e.g.,
	*  - JavaScript:  {} && 5 -> 5
	*  - Python:      {} and 5 -> {}
	*/
	__bool__() {
		return new BooleanValue(this.value.size > 0);
	}
	get builtins() {
		return this._builtins ??= /* @__PURE__ */ new Map([
			["get", new FunctionValue(([key, defaultValue]) => {
				if (!(key instanceof StringValue)) throw new Error(`Object key must be a string: got ${key.type}`);
				return this.value.get(key.value) ?? defaultValue ?? new NullValue();
			})],
			["items", new FunctionValue(() => this.items())],
			["keys", new FunctionValue(() => this.keys())],
			["values", new FunctionValue(() => this.values())],
			["dictsort", new FunctionValue((args) => {
				let kwargs = /* @__PURE__ */ new Map();
				const positionalArgs = args.filter((arg) => {
					if (arg instanceof KeywordArgumentsValue) {
						kwargs = arg.value;
						return false;
					}
					return true;
				});
				const caseSensitive = positionalArgs.at(0) ?? kwargs.get("case_sensitive") ?? new BooleanValue(false);
				if (!(caseSensitive instanceof BooleanValue)) throw new Error("case_sensitive must be a boolean");
				const by = positionalArgs.at(1) ?? kwargs.get("by") ?? new StringValue("key");
				if (!(by instanceof StringValue)) throw new Error("by must be a string");
				if (!["key", "value"].includes(by.value)) throw new Error("by must be either 'key' or 'value'");
				const reverse = positionalArgs.at(2) ?? kwargs.get("reverse") ?? new BooleanValue(false);
				if (!(reverse instanceof BooleanValue)) throw new Error("reverse must be a boolean");
				return new ArrayValue(Array.from(this.value.entries()).map(([key, value]) => new ArrayValue([new StringValue(key), value])).sort((a, b) => {
					const index = by.value === "key" ? 0 : 1;
					const aVal = a.value[index];
					const bVal = b.value[index];
					const result = compareRuntimeValues(aVal, bVal, caseSensitive.value);
					return reverse.value ? -result : result;
				}));
			})]
		]);
	}
	items() {
		return new ArrayValue(Array.from(this.value.entries()).map(([key, value]) => new ArrayValue([new StringValue(key), value])));
	}
	keys() {
		return new ArrayValue(Array.from(this.value.keys()).map((key) => new StringValue(key)));
	}
	values() {
		return new ArrayValue(Array.from(this.value.values()));
	}
	toString() {
		return toJSON(this, {}, 0, false);
	}
};
var KeywordArgumentsValue = class extends ObjectValue {
	type = "KeywordArgumentsValue";
};
var NamespaceValue = class extends RuntimeValue {
	type = "NamespaceValue";
	toString() {
		return toJSON(this, {}, 0, false);
	}
};
var ArrayValue = class extends RuntimeValue {
	type = "ArrayValue";
	_builtins;
	get builtins() {
		return this._builtins ??= /* @__PURE__ */ new Map([["length", new IntegerValue(this.value.length)]]);
	}
	/**
	* NOTE: necessary to override since all JavaScript arrays are considered truthy,
	* while only non-empty Python arrays are consider truthy.
	*
	* e.g.,
	*  - JavaScript:  [] && 5 -> 5
	*  - Python:      [] and 5 -> []
	*/
	__bool__() {
		return new BooleanValue(this.value.length > 0);
	}
	toString() {
		return toJSON(this, {}, 0, false);
	}
};
var TupleValue = class extends ArrayValue {
	type = "TupleValue";
};
var FunctionValue = class extends RuntimeValue {
	type = "FunctionValue";
};
var NullValue = class extends RuntimeValue {
	type = "NullValue";
};
var UndefinedValue = class extends RuntimeValue {
	type = "UndefinedValue";
};
function normalizeNamespaceEntry(pair) {
	let values;
	if (pair instanceof ArrayValue) values = pair.value;
	else if (pair instanceof StringValue) values = Array.from(pair.value, (char) => new StringValue(char));
	if (!values || values.length !== 2) throw new Error("namespace expected an object or an iterable of [key, value] pairs");
	const [key, value] = values;
	if (!(key instanceof StringValue)) throw new Error("namespace keys must be strings");
	return [key, value];
}
var _Environment = class {
	constructor(parent) {
		this.parent = parent;
	}
	/**
	* The variables declared in this environment.
	*/
	variables = /* @__PURE__ */ new Map([["namespace", new FunctionValue((args) => {
		const positional = args.slice();
		let kwargs;
		if (positional.at(-1) instanceof KeywordArgumentsValue) kwargs = positional.pop();
		if (positional.length > 1) throw new Error(`namespace expected at most 1 argument, got ${positional.length}`);
		const entries = /* @__PURE__ */ new Map();
		if (positional.length === 1) {
			const source = positional[0];
			if (source instanceof ObjectValue) for (const [key, value] of source.value) entries.set(key, value);
			else if (source instanceof ArrayValue) for (const pair of source.value) {
				const [key, value] = normalizeNamespaceEntry(pair);
				entries.set(key.value, value);
			}
			else throw new Error(`'${source.type}' object is not iterable`);
		}
		if (kwargs) for (const [key, value] of kwargs.value) entries.set(key, value);
		return new NamespaceValue(entries);
	})]]);
	tests = _Environment.TESTS;
	/**
	* Set the value of a variable in the current environment.
	*/
	set(name, value) {
		return this.declareVariable(name, convertToRuntimeValues(value));
	}
	declareVariable(name, value) {
		if (this.variables.has(name)) throw new SyntaxError(`Variable already declared: ${name}`);
		this.variables.set(name, value);
		return value;
	}
	/**
	* Set variable in the current scope.
	* See https://jinja.palletsprojects.com/en/3.0.x/templates/#assignments for more information.
	*/
	setVariable(name, value) {
		this.variables.set(name, value);
		return value;
	}
	/**
	* Resolve the environment in which the variable is declared.
	* @param {string} name The name of the variable.
	* @returns {Environment} The environment in which the variable is declared.
	*/
	resolve(name) {
		if (this.variables.has(name)) return this;
		if (this.parent) return this.parent.resolve(name);
		throw new Error(`Unknown variable: ${name}`);
	}
	lookupVariable(name) {
		try {
			return this.resolve(name).variables.get(name) ?? new UndefinedValue();
		} catch {
			return new UndefinedValue();
		}
	}
};
var Environment = _Environment;
/**
* The tests available in this environment.
*/
__publicField(Environment, "TESTS", /* @__PURE__ */ new Map([
	["boolean", (operand) => operand.type === "BooleanValue"],
	["callable", (operand) => operand instanceof FunctionValue],
	["odd", (operand) => {
		if (!(operand instanceof IntegerValue)) throw new Error(`cannot odd on ${operand.type}`);
		return operand.value % 2 !== 0;
	}],
	["even", (operand) => {
		if (!(operand instanceof IntegerValue)) throw new Error(`cannot even on ${operand.type}`);
		return operand.value % 2 === 0;
	}],
	["false", (operand) => operand.type === "BooleanValue" && !operand.value],
	["true", (operand) => operand.type === "BooleanValue" && operand.value],
	["none", (operand) => operand.type === "NullValue"],
	["string", (operand) => operand.type === "StringValue"],
	["number", (operand) => operand instanceof IntegerValue || operand instanceof FloatValue],
	["integer", (operand) => operand instanceof IntegerValue],
	["iterable", (operand) => operand.type === "ArrayValue" || operand.type === "StringValue"],
	["mapping", (operand) => operand instanceof ObjectValue],
	["sequence", (operand) => operand instanceof ArrayValue || operand instanceof ObjectValue || operand instanceof StringValue],
	["lower", (operand) => {
		const str = operand.value;
		return operand.type === "StringValue" && str === str.toLowerCase();
	}],
	["upper", (operand) => {
		const str = operand.value;
		return operand.type === "StringValue" && str === str.toUpperCase();
	}],
	["none", (operand) => operand.type === "NullValue"],
	["defined", (operand) => operand.type !== "UndefinedValue"],
	["undefined", (operand) => operand.type === "UndefinedValue"],
	["equalto", (a, b) => a.value === b.value],
	["eq", (a, b) => a.value === b.value]
]));
function isAttributeContainer(value) {
	return value instanceof ObjectValue || value instanceof NamespaceValue;
}
function isNumericLikeValue(value) {
	return value instanceof IntegerValue || value instanceof FloatValue || value instanceof BooleanValue;
}
function getNumericValue(value) {
	return value instanceof BooleanValue ? Number(value.value) : value.value;
}
function getAttributeValue(item, attributePath) {
	const parts = attributePath.split(".");
	let value = item;
	for (const part of parts) if (isAttributeContainer(value)) value = value.value.get(part) ?? new UndefinedValue();
	else if (value instanceof ArrayValue) {
		const index = parseInt(part, 10);
		if (!isNaN(index) && index >= 0 && index < value.value.length) value = value.value[index];
		else return new UndefinedValue();
	} else return new UndefinedValue();
	return value;
}
function compareRuntimeValues(a, b, caseSensitive = false) {
	if (a instanceof NullValue && b instanceof NullValue) return 0;
	if (a instanceof NullValue || b instanceof NullValue) throw new Error(`Cannot compare ${a.type} with ${b.type}`);
	if (a instanceof UndefinedValue && b instanceof UndefinedValue) return 0;
	if (a instanceof UndefinedValue || b instanceof UndefinedValue) throw new Error(`Cannot compare ${a.type} with ${b.type}`);
	if (isNumericLikeValue(a) && isNumericLikeValue(b)) {
		const aNum = getNumericValue(a);
		const bNum = getNumericValue(b);
		return aNum < bNum ? -1 : aNum > bNum ? 1 : 0;
	}
	if (a.type !== b.type) throw new Error(`Cannot compare different types: ${a.type} and ${b.type}`);
	switch (a.type) {
		case "StringValue": {
			let aStr = a.value;
			let bStr = b.value;
			if (!caseSensitive) {
				aStr = aStr.toLowerCase();
				bStr = bStr.toLowerCase();
			}
			return aStr < bStr ? -1 : aStr > bStr ? 1 : 0;
		}
		default: throw new Error(`Cannot compare type: ${a.type}`);
	}
}
function getParameterDescriptor(argument) {
	if (argument.type === "Identifier") return { name: argument.value };
	const keywordArgument = argument;
	return {
		name: keywordArgument.key.value,
		defaultValue: keywordArgument.value
	};
}
function isSpecialMacroArgument(name) {
	return name === "kwargs" || name === "varargs";
}
function findAccessedSpecialMacroArguments(parameters, body) {
	const declared = /* @__PURE__ */ new Set();
	const accessed = /* @__PURE__ */ new Set();
	const declareName = (name) => {
		if (isSpecialMacroArgument(name)) declared.add(name);
	};
	const declareTarget = (target) => {
		if (target.type === "Identifier") declareName(target.value);
		else if (target.type === "TupleLiteral") for (const item of target.value) declareTarget(item);
	};
	const declareArgument = (argument) => {
		declareName(getParameterDescriptor(argument).name);
	};
	const visitArgumentDefaults = (args) => {
		for (const argument of args) {
			const parameter = getParameterDescriptor(argument);
			if (parameter.defaultValue) visit(parameter.defaultValue);
		}
	};
	const visitFilter = (filter) => {
		if (filter.type === "CallExpression") visit(filter.args);
	};
	const visit = (node) => {
		if (Array.isArray(node)) {
			for (const item of node) visit(item);
			return;
		}
		if (node instanceof Map) {
			for (const [key, value] of node) {
				visit(key);
				visit(value);
			}
			return;
		}
		if (!(node instanceof Statement)) return;
		switch (node.type) {
			case "For": {
				const statement = node;
				declareTarget(statement.loopvar);
				if (statement.iterable.type === "SelectExpression") {
					const iterable = statement.iterable;
					visit(iterable.lhs);
					visit(statement.body);
					visit(statement.defaultBlock);
					visit(iterable.test);
					return;
				}
				visit(statement.iterable);
				visit(statement.body);
				visit(statement.defaultBlock);
				return;
			}
			case "Set": {
				const statement = node;
				declareTarget(statement.assignee);
				visit(statement.value);
				visit(statement.body);
				return;
			}
			case "Macro": {
				const statement = node;
				for (const argument of statement.args) declareArgument(argument);
				visitArgumentDefaults(statement.args);
				visit(statement.body);
				return;
			}
			case "CallStatement": {
				const statement = node;
				visit(statement.call);
				for (const argument of statement.callerArgs ?? []) declareArgument(argument);
				visitArgumentDefaults(statement.callerArgs ?? []);
				visit(statement.body);
				return;
			}
			case "FilterStatement": {
				const statement = node;
				visit(statement.body);
				visitFilter(statement.filter);
				return;
			}
			case "Identifier": {
				const name = node.value;
				if (isSpecialMacroArgument(name) && !declared.has(name)) accessed.add(name);
				return;
			}
			case "MemberExpression": {
				const expression = node;
				visit(expression.object);
				if (expression.computed) visit(expression.property);
				return;
			}
			case "FilterExpression": {
				const expression = node;
				visit(expression.operand);
				visitFilter(expression.filter);
				return;
			}
			case "TestExpression":
				visit(node.operand);
				return;
			case "SelectExpression": {
				const expression = node;
				visit(expression.test);
				visit(expression.lhs);
				return;
			}
			case "KeywordArgumentExpression":
				visit(node.value);
				return;
			default: for (const child of Object.values(node)) visit(child);
		}
	};
	for (const parameter of parameters) declareArgument(parameter);
	visit(body);
	return accessed;
}
var Interpreter = class {
	global;
	constructor(env) {
		this.global = env ?? new Environment();
	}
	/**
	* Run the program.
	*/
	run(program) {
		return this.evaluate(program, this.global);
	}
	/**
	* Evaluates expressions following the binary operation type.
	*/
	evaluateBinaryExpression(node, environment) {
		const left = this.evaluate(node.left, environment);
		switch (node.operator.value) {
			case "and": return left.__bool__().value ? this.evaluate(node.right, environment) : left;
			case "or": return left.__bool__().value ? left : this.evaluate(node.right, environment);
		}
		const right = this.evaluate(node.right, environment);
		switch (node.operator.value) {
			case "==": return new BooleanValue(left.value == right.value);
			case "!=": return new BooleanValue(left.value != right.value);
		}
		if (left instanceof UndefinedValue || right instanceof UndefinedValue) {
			if (right instanceof UndefinedValue && ["in", "not in"].includes(node.operator.value)) return new BooleanValue(node.operator.value === "not in");
			throw new Error(`Cannot perform operation ${node.operator.value} on undefined values`);
		} else if (left instanceof NullValue || right instanceof NullValue) throw new Error("Cannot perform operation on null values");
		else if (node.operator.value === "~") return new StringValue(left.value.toString() + right.value.toString());
		else if (node.operator.value === "**" && isNumericLikeValue(left) && isNumericLikeValue(right)) {
			const a = getNumericValue(left);
			const b = getNumericValue(right);
			if (a === 0 && b < 0) throw new Error("0.0 cannot be raised to a negative power");
			const result = a ** b;
			if (!Number.isFinite(result)) throw new Error("Exponentiation result is not a finite real number");
			return left instanceof FloatValue || right instanceof FloatValue || b < 0 ? new FloatValue(result) : new IntegerValue(result);
		} else if ((left instanceof IntegerValue || left instanceof FloatValue) && (right instanceof IntegerValue || right instanceof FloatValue)) {
			const a = left.value, b = right.value;
			switch (node.operator.value) {
				case "+":
				case "-":
				case "*": {
					const res = node.operator.value === "+" ? a + b : node.operator.value === "-" ? a - b : a * b;
					return left instanceof FloatValue || right instanceof FloatValue ? new FloatValue(res) : new IntegerValue(res);
				}
				case "/": return new FloatValue(a / b);
				case "//": {
					const res = Math.floor(a / b);
					return left instanceof FloatValue || right instanceof FloatValue ? new FloatValue(res) : new IntegerValue(res);
				}
				case "%": {
					const rem = a % b;
					return left instanceof FloatValue || right instanceof FloatValue ? new FloatValue(rem) : new IntegerValue(rem);
				}
				case "<": return new BooleanValue(a < b);
				case ">": return new BooleanValue(a > b);
				case ">=": return new BooleanValue(a >= b);
				case "<=": return new BooleanValue(a <= b);
			}
		} else if (left instanceof ArrayValue && right instanceof ArrayValue) switch (node.operator.value) {
			case "+": return new ArrayValue(left.value.concat(right.value));
		}
		else if (right instanceof ArrayValue) {
			const member = right.value.find((x) => x.value === left.value) !== void 0;
			switch (node.operator.value) {
				case "in": return new BooleanValue(member);
				case "not in": return new BooleanValue(!member);
			}
		}
		if (left instanceof StringValue || right instanceof StringValue) switch (node.operator.value) {
			case "+": return new StringValue(left.value.toString() + right.value.toString());
		}
		if (left instanceof StringValue && right instanceof StringValue) switch (node.operator.value) {
			case "in": return new BooleanValue(right.value.includes(left.value));
			case "not in": return new BooleanValue(!right.value.includes(left.value));
		}
		if (left instanceof StringValue && right instanceof ObjectValue) switch (node.operator.value) {
			case "in": return new BooleanValue(right.value.has(left.value));
			case "not in": return new BooleanValue(!right.value.has(left.value));
		}
		throw new SyntaxError(`Unknown operator "${node.operator.value}" between ${left.type} and ${right.type}`);
	}
	evaluateArguments(args, environment) {
		const positionalArguments = [];
		const keywordArguments = /* @__PURE__ */ new Map();
		const addKeywordArgument = (key, value) => {
			if (keywordArguments.has(key)) throw new Error(`Got multiple values for keyword argument '${key}'`);
			keywordArguments.set(key, value);
		};
		for (const argument of args) if (argument.type === "SpreadExpression") {
			const spreadNode = argument;
			const val = this.evaluate(spreadNode.argument, environment);
			if (!(val instanceof ArrayValue)) throw new Error(`Cannot unpack non-iterable type: ${val.type}`);
			for (const item of val.value) positionalArguments.push(item);
		} else if (argument.type !== "KeywordArgumentExpression" && argument.type !== "KeywordSpreadExpression") positionalArguments.push(this.evaluate(argument, environment));
		for (const argument of args) if (argument.type === "KeywordArgumentExpression") {
			const kwarg = argument;
			addKeywordArgument(kwarg.key.value, this.evaluate(kwarg.value, environment));
		} else if (argument.type === "KeywordSpreadExpression") {
			const spreadNode = argument;
			const val = this.evaluate(spreadNode.argument, environment);
			if (!(val instanceof ObjectValue)) throw new Error(`Argument after ** must be a mapping, not ${val.type}`);
			for (const [key, value] of val.value) addKeywordArgument(key, value);
		}
		return [positionalArguments, keywordArguments];
	}
	applyFilter(operand, filterNode, environment) {
		if (filterNode.type === "Identifier") {
			const filter = filterNode;
			if (filter.value === "safe") return operand;
			if (filter.value === "tojson") return new StringValue(toJSON(operand, {}));
			if (operand instanceof ArrayValue) switch (filter.value) {
				case "list": return operand;
				case "first": return operand.value[0];
				case "last": return operand.value[operand.value.length - 1];
				case "length": return new IntegerValue(operand.value.length);
				case "reverse": return new ArrayValue(operand.value.slice().reverse());
				case "sort": return new ArrayValue(operand.value.slice().sort((a, b) => compareRuntimeValues(a, b, false)));
				case "join": return new StringValue(operand.value.map((x) => x.value).join(""));
				case "string": return new StringValue(toJSON(operand, {}, 0, false));
				case "unique": {
					const seen = /* @__PURE__ */ new Set();
					const output = [];
					for (const item of operand.value) if (!seen.has(item.value)) {
						seen.add(item.value);
						output.push(item);
					}
					return new ArrayValue(output);
				}
				default: throw new Error(`Unknown ArrayValue filter: ${filter.value}`);
			}
			else if (operand instanceof StringValue) switch (filter.value) {
				case "length":
				case "upper":
				case "lower":
				case "title":
				case "capitalize": {
					const builtin = operand.builtins.get(filter.value);
					if (builtin instanceof FunctionValue) return builtin.value([], environment);
					else if (builtin instanceof IntegerValue) return builtin;
					else throw new Error(`Unknown StringValue filter: ${filter.value}`);
				}
				case "trim": return new StringValue(operand.value.trim());
				case "indent": return new StringValue(operand.value.split("\n").map((x, i) => i === 0 || x.length === 0 ? x : "    " + x).join("\n"));
				case "join":
				case "string": return operand;
				case "int": {
					const val = parseInt(operand.value, 10);
					return new IntegerValue(isNaN(val) ? 0 : val);
				}
				case "float": {
					const val = parseFloat(operand.value);
					return new FloatValue(isNaN(val) ? 0 : val);
				}
				default: throw new Error(`Unknown StringValue filter: ${filter.value}`);
			}
			else if (operand instanceof IntegerValue || operand instanceof FloatValue) switch (filter.value) {
				case "abs": return operand instanceof IntegerValue ? new IntegerValue(Math.abs(operand.value)) : new FloatValue(Math.abs(operand.value));
				case "int": return new IntegerValue(Math.floor(operand.value));
				case "float": return new FloatValue(operand.value);
				case "string": return new StringValue(operand.toString());
				default: throw new Error(`Unknown NumericValue filter: ${filter.value}`);
			}
			else if (operand instanceof ObjectValue) switch (filter.value) {
				case "items": return new ArrayValue(Array.from(operand.value.entries()).map(([key, value]) => new ArrayValue([new StringValue(key), value])));
				case "length": return new IntegerValue(operand.value.size);
				default: {
					const builtin = operand.builtins.get(filter.value);
					if (builtin) {
						if (builtin instanceof FunctionValue) return builtin.value([], environment);
						return builtin;
					}
					throw new Error(`Unknown ObjectValue filter: ${filter.value}`);
				}
			}
			else if (operand instanceof BooleanValue) switch (filter.value) {
				case "bool": return new BooleanValue(operand.value);
				case "int": return new IntegerValue(operand.value ? 1 : 0);
				case "float": return new FloatValue(operand.value ? 1 : 0);
				case "string": return new StringValue(operand.value ? "true" : "false");
				default: throw new Error(`Unknown BooleanValue filter: ${filter.value}`);
			}
			throw new Error(`Cannot apply filter "${filter.value}" to type: ${operand.type}`);
		} else if (filterNode.type === "CallExpression") {
			const filter = filterNode;
			if (filter.callee.type !== "Identifier") throw new Error(`Unknown filter: ${filter.callee.type}`);
			const filterName = filter.callee.value;
			if (filterName === "tojson") {
				const [, kwargs] = this.evaluateArguments(filter.args, environment);
				const indent = kwargs.get("indent") ?? new NullValue();
				if (!(indent instanceof IntegerValue || indent instanceof NullValue)) throw new Error("If set, indent must be a number");
				const ensureAscii = kwargs.get("ensure_ascii") ?? new BooleanValue(false);
				if (!(ensureAscii instanceof BooleanValue)) throw new Error("If set, ensure_ascii must be a boolean");
				const sortKeys = kwargs.get("sort_keys") ?? new BooleanValue(false);
				if (!(sortKeys instanceof BooleanValue)) throw new Error("If set, sort_keys must be a boolean");
				const separatorsArg = kwargs.get("separators") ?? new NullValue();
				let separators = null;
				if (separatorsArg instanceof ArrayValue || separatorsArg instanceof TupleValue) {
					if (separatorsArg.value.length !== 2) throw new Error("separators must be a tuple of two strings");
					const [itemSep, keySep] = separatorsArg.value;
					if (!(itemSep instanceof StringValue) || !(keySep instanceof StringValue)) throw new Error("separators must be a tuple of two strings");
					separators = [itemSep.value, keySep.value];
				} else if (!(separatorsArg instanceof NullValue)) throw new Error("If set, separators must be a tuple of two strings");
				return new StringValue(toJSON(operand, {
					indent: indent.value,
					ensureAscii: ensureAscii.value,
					sortKeys: sortKeys.value,
					separators
				}));
			} else if (filterName === "join") {
				let value;
				if (operand instanceof StringValue) value = Array.from(operand.value);
				else if (operand instanceof ArrayValue) value = operand.value.map((x) => x.value);
				else throw new Error(`Cannot apply filter "${filterName}" to type: ${operand.type}`);
				const [args, kwargs] = this.evaluateArguments(filter.args, environment);
				const separator = args.at(0) ?? kwargs.get("separator") ?? new StringValue("");
				if (!(separator instanceof StringValue)) throw new Error("separator must be a string");
				return new StringValue(value.join(separator.value));
			} else if (filterName === "int" || filterName === "float") {
				const [args, kwargs] = this.evaluateArguments(filter.args, environment);
				const defaultValue = args.at(0) ?? kwargs.get("default") ?? (filterName === "int" ? new IntegerValue(0) : new FloatValue(0));
				if (operand instanceof StringValue) {
					const val = filterName === "int" ? parseInt(operand.value, 10) : parseFloat(operand.value);
					return isNaN(val) ? defaultValue : filterName === "int" ? new IntegerValue(val) : new FloatValue(val);
				} else if (operand instanceof IntegerValue || operand instanceof FloatValue) return operand;
				else if (operand instanceof BooleanValue) return filterName === "int" ? new IntegerValue(operand.value ? 1 : 0) : new FloatValue(operand.value ? 1 : 0);
				else throw new Error(`Cannot apply filter "${filterName}" to type: ${operand.type}`);
			} else if (filterName === "default") {
				const [args, kwargs] = this.evaluateArguments(filter.args, environment);
				const defaultValue = args[0] ?? new StringValue("");
				const booleanValue = args[1] ?? kwargs.get("boolean") ?? new BooleanValue(false);
				if (!(booleanValue instanceof BooleanValue)) throw new Error("`default` filter flag must be a boolean");
				if (operand instanceof UndefinedValue || booleanValue.value && !operand.__bool__().value) return defaultValue;
				return operand;
			}
			if (operand instanceof ArrayValue) {
				switch (filterName) {
					case "sort": {
						const [args, kwargs] = this.evaluateArguments(filter.args, environment);
						const reverse = args.at(0) ?? kwargs.get("reverse") ?? new BooleanValue(false);
						if (!(reverse instanceof BooleanValue)) throw new Error("reverse must be a boolean");
						const caseSensitive = args.at(1) ?? kwargs.get("case_sensitive") ?? new BooleanValue(false);
						if (!(caseSensitive instanceof BooleanValue)) throw new Error("case_sensitive must be a boolean");
						const attribute = args.at(2) ?? kwargs.get("attribute") ?? new NullValue();
						if (!(attribute instanceof StringValue || attribute instanceof IntegerValue || attribute instanceof NullValue)) throw new Error("attribute must be a string, integer, or null");
						const getSortValue = (item) => {
							if (attribute instanceof NullValue) return item;
							return getAttributeValue(item, attribute instanceof IntegerValue ? String(attribute.value) : attribute.value);
						};
						return new ArrayValue(operand.value.slice().sort((a, b) => {
							const result = compareRuntimeValues(getSortValue(a), getSortValue(b), caseSensitive.value);
							return reverse.value ? -result : result;
						}));
					}
					case "selectattr":
					case "rejectattr": {
						const select = filterName === "selectattr";
						if (operand.value.some((item) => !isAttributeContainer(item))) throw new Error(`\`${filterName}\` can only be applied to array of objects`);
						if (filter.args.some((x) => x.type !== "StringLiteral")) throw new Error(`arguments of \`${filterName}\` must be strings`);
						const [attr, testName, value] = filter.args.map((x) => this.evaluate(x, environment));
						let testFunction;
						if (testName) {
							const test = environment.tests.get(testName.value);
							if (!test) throw new Error(`Unknown test: ${testName.value}`);
							testFunction = test;
						} else testFunction = (...x) => x[0].__bool__().value;
						return new ArrayValue(operand.value.filter((item) => {
							const a = item.value.get(attr.value);
							const result = a ? testFunction(a, value) : false;
							return select ? result : !result;
						}));
					}
					case "map": {
						const [, kwargs] = this.evaluateArguments(filter.args, environment);
						if (kwargs.has("attribute")) {
							const attr = kwargs.get("attribute");
							if (!(attr instanceof StringValue)) throw new Error("attribute must be a string");
							const defaultValue = kwargs.get("default");
							return new ArrayValue(operand.value.map((item) => {
								if (!isAttributeContainer(item)) throw new Error("items in map must be an object");
								const value = getAttributeValue(item, attr.value);
								return value instanceof UndefinedValue ? defaultValue ?? new UndefinedValue() : value;
							}));
						} else throw new Error("`map` expressions without `attribute` set are not currently supported.");
					}
				}
				throw new Error(`Unknown ArrayValue filter: ${filterName}`);
			} else if (operand instanceof StringValue) {
				switch (filterName) {
					case "indent": {
						const [args, kwargs] = this.evaluateArguments(filter.args, environment);
						const width = args.at(0) ?? kwargs.get("width") ?? new IntegerValue(4);
						if (!(width instanceof IntegerValue)) throw new Error("width must be a number");
						const first = args.at(1) ?? kwargs.get("first") ?? new BooleanValue(false);
						const blank = args.at(2) ?? kwargs.get("blank") ?? new BooleanValue(false);
						const lines = operand.value.split("\n");
						const indent = " ".repeat(width.value);
						return new StringValue(lines.map((x, i) => !first.value && i === 0 || !blank.value && x.length === 0 ? x : indent + x).join("\n"));
					}
					case "replace": {
						const replaceFn = operand.builtins.get("replace");
						if (!(replaceFn instanceof FunctionValue)) throw new Error("replace filter not available");
						const [args, kwargs] = this.evaluateArguments(filter.args, environment);
						return replaceFn.value([...args, new KeywordArgumentsValue(kwargs)], environment);
					}
				}
				throw new Error(`Unknown StringValue filter: ${filterName}`);
			} else if (operand instanceof ObjectValue) {
				const builtin = operand.builtins.get(filterName);
				if (builtin && builtin instanceof FunctionValue) {
					const [args, kwargs] = this.evaluateArguments(filter.args, environment);
					if (kwargs.size > 0) args.push(new KeywordArgumentsValue(kwargs));
					return builtin.value(args, environment);
				}
				throw new Error(`Unknown ObjectValue filter: ${filterName}`);
			} else throw new Error(`Cannot apply filter "${filterName}" to type: ${operand.type}`);
		}
		throw new Error(`Unknown filter: ${filterNode.type}`);
	}
	/**
	* Evaluates expressions following the filter operation type.
	*/
	evaluateFilterExpression(node, environment) {
		const operand = this.evaluate(node.operand, environment);
		return this.applyFilter(operand, node.filter, environment);
	}
	/**
	* Evaluates expressions following the test operation type.
	*/
	evaluateTestExpression(node, environment) {
		const operand = this.evaluate(node.operand, environment);
		const test = environment.tests.get(node.test.value);
		if (!test) throw new Error(`Unknown test: ${node.test.value}`);
		const result = test(operand);
		return new BooleanValue(node.negate ? !result : result);
	}
	/**
	* Evaluates expressions following the select operation type.
	*/
	evaluateSelectExpression(node, environment) {
		if (!this.evaluate(node.test, environment).__bool__().value) return new UndefinedValue();
		return this.evaluate(node.lhs, environment);
	}
	/**
	* Evaluates expressions following the unary operation type.
	*/
	evaluateUnaryExpression(node, environment) {
		const argument = this.evaluate(node.argument, environment);
		switch (node.operator.value) {
			case "not": return new BooleanValue(!argument.__bool__().value);
			case "+":
			case "-": {
				const sign = node.operator.value === "-" ? -1 : 1;
				if (argument instanceof IntegerValue || argument instanceof FloatValue || argument instanceof BooleanValue) {
					const result = sign * (argument instanceof BooleanValue ? argument.value ? 1 : 0 : argument.value);
					return argument instanceof FloatValue ? new FloatValue(result) : new IntegerValue(result);
				}
				throw new SyntaxError(`Unknown operator "${node.operator.value}" for ${argument.type}`);
			}
			default: throw new SyntaxError(`Unknown operator: ${node.operator.value}`);
		}
	}
	evaluateTernaryExpression(node, environment) {
		return this.evaluate(node.condition, environment).__bool__().value ? this.evaluate(node.trueExpr, environment) : this.evaluate(node.falseExpr, environment);
	}
	evalProgram(program, environment) {
		return this.evaluateBlock(program.body, environment);
	}
	evaluateBlock(statements, environment) {
		let result = "";
		for (const statement of statements) {
			const lastEvaluated = this.evaluate(statement, environment);
			if (lastEvaluated.type !== "NullValue" && lastEvaluated.type !== "UndefinedValue") result += lastEvaluated.toString();
		}
		return new StringValue(result);
	}
	evaluateIdentifier(node, environment) {
		return environment.lookupVariable(node.value);
	}
	evaluateCallExpression(expr, environment) {
		const [args, kwargs] = this.evaluateArguments(expr.args, environment);
		if (kwargs.size > 0) args.push(new KeywordArgumentsValue(kwargs));
		const fn = this.evaluate(expr.callee, environment);
		if (fn.type !== "FunctionValue") throw new Error(`Cannot call something that is not a function: got ${fn.type}`);
		return fn.value(args, environment);
	}
	evaluateSliceExpression(object, expr, environment) {
		if (!(object instanceof ArrayValue || object instanceof StringValue)) throw new Error("Slice object must be an array or string");
		const start = this.evaluate(expr.start, environment);
		const stop = this.evaluate(expr.stop, environment);
		const step = this.evaluate(expr.step, environment);
		if (!(start instanceof IntegerValue || start instanceof UndefinedValue)) throw new Error("Slice start must be numeric or undefined");
		if (!(stop instanceof IntegerValue || stop instanceof UndefinedValue)) throw new Error("Slice stop must be numeric or undefined");
		if (!(step instanceof IntegerValue || step instanceof UndefinedValue)) throw new Error("Slice step must be numeric or undefined");
		if (object instanceof ArrayValue) return new ArrayValue(slice(object.value, start.value, stop.value, step.value));
		else return new StringValue(slice(Array.from(object.value), start.value, stop.value, step.value).join(""));
	}
	evaluateMemberExpression(expr, environment) {
		const object = this.evaluate(expr.object, environment);
		let property;
		if (expr.computed) {
			if (expr.property.type === "SliceExpression") return this.evaluateSliceExpression(object, expr.property, environment);
			else property = this.evaluate(expr.property, environment);
		} else if (expr.property.type === "IntegerLiteral") property = new IntegerValue(expr.property.value);
		else property = new StringValue(expr.property.value);
		let value;
		if (isAttributeContainer(object)) {
			if (!(property instanceof StringValue)) throw new Error(`Cannot access property with non-string: got ${property.type}`);
			value = object.value.get(property.value) ?? (object instanceof ObjectValue ? object.builtins.get(property.value) : void 0);
		} else if (object instanceof ArrayValue || object instanceof StringValue) {
			if (property instanceof IntegerValue) {
				if (object instanceof StringValue) {
					const character = object.value.at(property.value);
					value = character === void 0 ? void 0 : new StringValue(character);
				} else value = object.value.at(property.value);
			} else if (property instanceof StringValue) value = object.builtins.get(property.value);
			else throw new Error(`Cannot access property with non-string/non-number: got ${property.type}`);
		} else {
			if (!(property instanceof StringValue)) throw new Error(`Cannot access property with non-string: got ${property.type}`);
			value = object.builtins.get(property.value);
		}
		return value instanceof RuntimeValue ? value : new UndefinedValue();
	}
	evaluateSet(node, environment) {
		const rhs = node.value ? this.evaluate(node.value, environment) : this.evaluateBlock(node.body, environment);
		if (node.assignee.type === "Identifier") {
			const variableName = node.assignee.value;
			environment.setVariable(variableName, rhs);
		} else if (node.assignee.type === "TupleLiteral") {
			const tuple = node.assignee;
			if (!(rhs instanceof ArrayValue)) throw new Error(`Cannot unpack non-iterable type in set: ${rhs.type}`);
			const arr = rhs.value;
			if (arr.length !== tuple.value.length) throw new Error(`Too ${tuple.value.length > arr.length ? "few" : "many"} items to unpack in set`);
			for (let i = 0; i < tuple.value.length; ++i) {
				const elem = tuple.value[i];
				if (elem.type !== "Identifier") throw new Error(`Cannot unpack to non-identifier in set: ${elem.type}`);
				environment.setVariable(elem.value, arr[i]);
			}
		} else if (node.assignee.type === "MemberExpression") {
			const member = node.assignee;
			const object = this.evaluate(member.object, environment);
			if (!(object instanceof NamespaceValue)) throw new Error("cannot assign attribute on non-namespace object");
			if (member.property.type !== "Identifier") throw new Error("Cannot assign to member with non-identifier property");
			object.value.set(member.property.value, rhs);
		} else throw new Error(`Invalid LHS inside assignment expression: ${JSON.stringify(node.assignee)}`);
		return new NullValue();
	}
	evaluateIf(node, environment) {
		const test = this.evaluate(node.test, environment);
		return this.evaluateBlock(test.__bool__().value ? node.body : node.alternate, environment);
	}
	evaluateFor(node, environment) {
		const scope = new Environment(environment);
		let test, iterable;
		if (node.iterable.type === "SelectExpression") {
			const select = node.iterable;
			iterable = this.evaluate(select.lhs, scope);
			test = select.test;
		} else iterable = this.evaluate(node.iterable, scope);
		if (!(iterable instanceof ArrayValue || iterable instanceof ObjectValue)) throw new Error(`Expected iterable or object type in for loop: got ${iterable.type}`);
		if (iterable instanceof ObjectValue) iterable = iterable.keys();
		const items = [];
		const scopeUpdateFunctions = [];
		for (let i = 0; i < iterable.value.length; ++i) {
			const loopScope = new Environment(scope);
			const current = iterable.value[i];
			let scopeUpdateFunction;
			if (node.loopvar.type === "Identifier") scopeUpdateFunction = (scope2) => scope2.setVariable(node.loopvar.value, current);
			else if (node.loopvar.type === "TupleLiteral") {
				const loopvar = node.loopvar;
				if (current.type !== "ArrayValue") throw new Error(`Cannot unpack non-iterable type: ${current.type}`);
				const c = current;
				if (loopvar.value.length !== c.value.length) throw new Error(`Too ${loopvar.value.length > c.value.length ? "few" : "many"} items to unpack`);
				scopeUpdateFunction = (scope2) => {
					for (let j = 0; j < loopvar.value.length; ++j) {
						if (loopvar.value[j].type !== "Identifier") throw new Error(`Cannot unpack non-identifier type: ${loopvar.value[j].type}`);
						scope2.setVariable(loopvar.value[j].value, c.value[j]);
					}
				};
			} else throw new Error(`Invalid loop variable(s): ${node.loopvar.type}`);
			if (test) {
				scopeUpdateFunction(loopScope);
				if (!this.evaluate(test, loopScope).__bool__().value) continue;
			}
			items.push(current);
			scopeUpdateFunctions.push(scopeUpdateFunction);
		}
		let result = "";
		let noIteration = true;
		for (let i = 0; i < items.length; ++i) {
			const loop = /* @__PURE__ */ new Map([
				["index", new IntegerValue(i + 1)],
				["index0", new IntegerValue(i)],
				["revindex", new IntegerValue(items.length - i)],
				["revindex0", new IntegerValue(items.length - i - 1)],
				["first", new BooleanValue(i === 0)],
				["last", new BooleanValue(i === items.length - 1)],
				["length", new IntegerValue(items.length)],
				["previtem", i > 0 ? items[i - 1] : new UndefinedValue()],
				["nextitem", i < items.length - 1 ? items[i + 1] : new UndefinedValue()]
			]);
			scope.setVariable("loop", new ObjectValue(loop));
			scopeUpdateFunctions[i](scope);
			try {
				const evaluated = this.evaluateBlock(node.body, scope);
				result += evaluated.value;
			} catch (err) {
				if (err instanceof ContinueControl) continue;
				if (err instanceof BreakControl) break;
				throw err;
			}
			noIteration = false;
		}
		if (noIteration) {
			const defaultEvaluated = this.evaluateBlock(node.defaultBlock, scope);
			result += defaultEvaluated.value;
		}
		return new StringValue(result);
	}
	/**
	* Bind every parameter name and special argument before evaluating defaults,
	* preventing unbound parameters from resolving in an outer scope.
	*/
	bindMacroArguments(displayName, parameters, specialArguments, args, scope) {
		const positionalArguments = args.slice();
		let keywordArguments = /* @__PURE__ */ new Map();
		if (positionalArguments.at(-1) instanceof KeywordArgumentsValue) keywordArguments = new Map(positionalArguments.pop().value);
		const pendingDefaults = [];
		for (let i = 0; i < parameters.length; ++i) {
			const { name, defaultValue } = getParameterDescriptor(parameters[i]);
			let value = positionalArguments[i];
			if (value === void 0 && keywordArguments.has(name)) {
				value = keywordArguments.get(name);
				keywordArguments.delete(name);
			}
			if (value === void 0 && defaultValue !== void 0) pendingDefaults.push([name, defaultValue]);
			scope.setVariable(name, value ?? new UndefinedValue());
		}
		if (specialArguments.has("kwargs")) scope.setVariable("kwargs", new ObjectValue(keywordArguments));
		else if (keywordArguments.size > 0) throw new Error(`macro ${displayName} takes no keyword argument '${keywordArguments.keys().next().value}'`);
		if (specialArguments.has("varargs")) scope.setVariable("varargs", new ArrayValue(positionalArguments.slice(parameters.length)));
		else if (positionalArguments.length > parameters.length) throw new Error(`macro ${displayName} takes not more than ${parameters.length} argument(s)`);
		for (const [name, defaultValue] of pendingDefaults) scope.setVariable(name, this.evaluate(defaultValue, scope));
	}
	/**
	* See https://jinja.palletsprojects.com/en/3.1.x/templates/#macros for more information.
	*/
	evaluateMacro(node, environment) {
		const specialArguments = findAccessedSpecialMacroArguments(node.args, node.body);
		environment.setVariable(node.name.value, new FunctionValue((args, scope) => {
			const macroScope = new Environment(scope);
			this.bindMacroArguments(`'${node.name.value}'`, node.args, specialArguments, args, macroScope);
			return this.evaluateBlock(node.body, macroScope);
		}));
		return new NullValue();
	}
	evaluateCallStatement(node, environment) {
		const parameters = node.callerArgs ?? [];
		const specialArguments = findAccessedSpecialMacroArguments(parameters, node.body);
		const callerFn = new FunctionValue((callerArguments) => {
			const callBlockEnv = new Environment(environment);
			this.bindMacroArguments("None", parameters, specialArguments, callerArguments, callBlockEnv);
			return this.evaluateBlock(node.body, callBlockEnv);
		});
		const [macroArgs, macroKwargs] = this.evaluateArguments(node.call.args, environment);
		macroArgs.push(new KeywordArgumentsValue(macroKwargs));
		const fn = this.evaluate(node.call.callee, environment);
		if (fn.type !== "FunctionValue") throw new Error(`Cannot call something that is not a function: got ${fn.type}`);
		const newEnv = new Environment(environment);
		newEnv.setVariable("caller", callerFn);
		return fn.value(macroArgs, newEnv);
	}
	evaluateFilterStatement(node, environment) {
		const rendered = this.evaluateBlock(node.body, environment);
		return this.applyFilter(rendered, node.filter, environment);
	}
	evaluate(statement, environment) {
		if (!statement) return new UndefinedValue();
		switch (statement.type) {
			case "Program": return this.evalProgram(statement, environment);
			case "Set": return this.evaluateSet(statement, environment);
			case "If": return this.evaluateIf(statement, environment);
			case "For": return this.evaluateFor(statement, environment);
			case "Macro": return this.evaluateMacro(statement, environment);
			case "CallStatement": return this.evaluateCallStatement(statement, environment);
			case "Break": throw new BreakControl();
			case "Continue": throw new ContinueControl();
			case "IntegerLiteral": return new IntegerValue(statement.value);
			case "FloatLiteral": return new FloatValue(statement.value);
			case "StringLiteral": return new StringValue(statement.value);
			case "ArrayLiteral": return new ArrayValue(statement.value.map((x) => this.evaluate(x, environment)));
			case "TupleLiteral": return new TupleValue(statement.value.map((x) => this.evaluate(x, environment)));
			case "ObjectLiteral": {
				const mapping = /* @__PURE__ */ new Map();
				for (const [key, value] of statement.value) {
					const evaluatedKey = this.evaluate(key, environment);
					if (!(evaluatedKey instanceof StringValue)) throw new Error(`Object keys must be strings: got ${evaluatedKey.type}`);
					mapping.set(evaluatedKey.value, this.evaluate(value, environment));
				}
				return new ObjectValue(mapping);
			}
			case "Identifier": return this.evaluateIdentifier(statement, environment);
			case "CallExpression": return this.evaluateCallExpression(statement, environment);
			case "MemberExpression": return this.evaluateMemberExpression(statement, environment);
			case "UnaryExpression": return this.evaluateUnaryExpression(statement, environment);
			case "BinaryExpression": return this.evaluateBinaryExpression(statement, environment);
			case "FilterExpression": return this.evaluateFilterExpression(statement, environment);
			case "FilterStatement": return this.evaluateFilterStatement(statement, environment);
			case "TestExpression": return this.evaluateTestExpression(statement, environment);
			case "SelectExpression": return this.evaluateSelectExpression(statement, environment);
			case "Ternary": return this.evaluateTernaryExpression(statement, environment);
			case "Comment": return new NullValue();
			default: throw new SyntaxError(`Unknown node type: ${statement.type}`);
		}
	}
};
function convertToRuntimeValues(input) {
	switch (typeof input) {
		case "number": return Number.isInteger(input) ? new IntegerValue(input) : new FloatValue(input);
		case "string": return new StringValue(input);
		case "boolean": return new BooleanValue(input);
		case "undefined": return new UndefinedValue();
		case "object": if (input === null) return new NullValue();
		else if (Array.isArray(input)) return new ArrayValue(input.map(convertToRuntimeValues));
		else return new ObjectValue(new Map(Object.entries(input).map(([key, value]) => [key, convertToRuntimeValues(value)])));
		case "function": return new FunctionValue((args, _scope) => {
			return convertToRuntimeValues(input(...args.map((x) => x.value)) ?? null);
		});
		default: throw new Error(`Cannot convert to runtime value: ${input}`);
	}
}
Object.freeze({
	CONDITIONAL: 0,
	LOGICAL_OR: 1,
	LOGICAL_AND: 2,
	LOGICAL_NOT: 3,
	COMPARISON: 4,
	ADDITIVE: 5,
	MULTIPLICATIVE: 6,
	EXPONENTIATION: 7,
	TEST: 8,
	FILTER: 9,
	UNARY_SIGN: 10,
	ATOM: 11
});
// src/corpus/tokenizers/clock.ts
/** @file A function that a stranger's data drives, ended by the clock: V8 looks at it inside a regular expression too. */
/** Where the function to run is left for the script that runs it. */
const RUN = Symbol.for("saegate.bounded-run");
const script = new Script(`globalThis[Symbol.for('saegate.bounded-run')]()`);
/** What it gives. Throws an error for which `ranOut` holds, or what it throws. */
function endedByClock(seconds, run) {
	let result = null;
	Reflect.set(globalThis, RUN, () => {
		result = { value: run() };
	});
	try {
		script.runInThisContext({ timeout: Math.ceil(1e3 * seconds) });
	} finally {
		Reflect.deleteProperty(globalThis, RUN);
	}
	return ended(result);
}
function ranOut(error) {
	return error instanceof Error && "code" in error && error.code === "ERR_SCRIPT_EXECUTION_TIMEOUT";
}
function ended(result) {
	if (result === null) throw new TypeError("a bounded run gave nothing");
	return result.value;
}
// src/corpus/records/chat.ts
/**
* @file Conversations as text: the tokenizer's chat template (Jinja) over the messages of a record.
*
* A template comes with a model, so it is a stranger's program: it is ended by the clock, `range` is bounded, and the date that
* some templates write is fixed, so that the same corpus gives the same ids on every day.
*/
/** The date that Llama's own template has where it is told none. */
const DATE = "26 Jul 2024";
const SECONDS_EACH = 5;
const LONGEST_RANGE = 1e5;
const LONGEST_TEMPLATE = 2 ** 20;
const MOST_MESSAGES = 1e5;
/** Roles as ShareGPT's records name them. */
const ROLES = /* @__PURE__ */ new Map([
	["human", "user"],
	["gpt", "assistant"],
	["bot", "assistant"]
]);
/** Errors: CHAT_TEMPLATE_MISSING, CHAT_TEMPLATE_UNUSABLE; those of writing: CHAT_MALFORMED, CHAT_TEMPLATE_UNUSABLE. */
function chatWriter({ name, template, tokens }) {
	if (template === null) throw chatTemplateMissing(name);
	const program = compile(name, template);
	return (file, record, value) => {
		const messages = messagesOf(file, record, value);
		try {
			return endedByClock(SECONDS_EACH, () => rendered(program, {
				...tokens,
				messages
			}));
		} catch (error) {
			throw chatTemplateUnusable(name, `on record ${record} of ${file} it fails: ${reasonOf$1(error)}`);
		}
	};
}
/** As the library's own Template does it, but for what it would let a template do without bounds, and for the date. */
function rendered(program, given) {
	const environment = new Environment();
	for (const [name, value] of Object.entries({
		...GLOBALS,
		...given
	})) environment.set(name, value);
	const text = new Interpreter(environment).run(program).value;
	if (typeof text !== "string") throw new Error("it makes no text");
	return text;
}
const GLOBALS = {
	true: true,
	false: false,
	none: null,
	True: true,
	False: false,
	None: null,
	raise_exception: (words) => {
		throw new Error(words);
	},
	add_generation_prompt: false,
	tools: null,
	strftime_now: () => DATE,
	range: (from, to, step = 1) => {
		const [start, end] = to === void 0 ? [0, from] : [from, to];
		const length = Math.max(0, Math.ceil((end - start) / step));
		if (!(length <= LONGEST_RANGE)) throw new Error(`a range of ${length}`);
		return Array.from({ length }, (_, i) => start + i * step);
	}
};
function compile(name, template) {
	if (template.length > LONGEST_TEMPLATE) throw chatTemplateUnusable(name, `it has ${template.length} characters`);
	try {
		return endedByClock(SECONDS_EACH, () => parse$1(tokenize(template, {
			lstrip_blocks: true,
			trim_blocks: true
		})));
	} catch (error) {
		throw chatTemplateUnusable(name, reasonOf$1(error));
	}
}
function reasonOf$1(error) {
	return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
function messagesOf(file, record, value) {
	if (!Array.isArray(value)) throw chatMalformed(file, record, "it is no list of messages");
	if (value.length === 0 || value.length > MOST_MESSAGES) throw chatMalformed(file, record, `it has ${value.length} messages`);
	return value.map((message, i) => {
		const fields = new Map(Object.entries(typeof message === "object" && message !== null ? message : {}));
		const role = fields.get("role") ?? fields.get("from");
		const content = fields.get("content") ?? fields.get("value");
		if (typeof role !== "string" || typeof content !== "string") throw chatMalformed(file, record, `message ${i + 1} has no role and content of text`);
		return {
			role: ROLES.get(role) ?? role,
			content
		};
	});
}
// src/corpus/records/field.ts
/** @file Which field of a record is its text, and what stands there. */
/** What is looked for where no field is named. */
const TEXT_FIELD = "text";
const CHAT_FIELDS = [
	"messages",
	"conversations",
	"conversation"
];
/** Errors: CORPUS_FIELD_MISSING. */
function chooseField(file, fields, { asked, isChat }) {
	const names = fields.map(({ name }) => name);
	if (asked !== null) {
		if (names.includes(asked)) return {
			name: asked,
			top: asked,
			inside: []
		};
		const [top = "", ...inside] = asked.split(".");
		if (inside.length > 0 && names.includes(top)) return {
			name: asked,
			top,
			inside
		};
		throw corpusFieldMissing(file, asked, names);
	}
	const texts = fields.filter(({ isText }) => isText);
	const usual = isChat ? CHAT_FIELDS.find((name) => names.includes(name)) : TEXT_FIELD;
	const only = !isChat && texts.length === 1 ? texts[0]?.name : void 0;
	const name = usual !== void 0 && names.includes(usual) ? usual : only;
	if (name === void 0) throw corpusFieldMissing(file, null, names);
	return {
		name,
		top: name,
		inside: []
	};
}
/** What stands inside a value of the top level; undefined: nothing does. */
function inside(value, path) {
	let found = value;
	for (const key of path) {
		if (typeof found !== "object" || found === null) return void 0;
		found = Object.entries(found).find(([name]) => name === key)?.[1];
	}
	return found;
}
/** Errors: CORPUS_FIELD_KIND. */
function textOf$2(file, record, field, value) {
	if (typeof value === "string") return value;
	const kind = Array.isArray(value) ? "a list" : typeof value === "object" ? "an object" : `a ${typeof value}`;
	throw corpusFieldKind(file, record, field.name, kind);
}
// src/corpus/text.ts
/**
* @file Text as it goes to the tokenizer: strict UTF-8, a leading byte order mark taken off, optionally without blank lines.
*
* A byte order mark is how the file is marked, not what it says, so it is dropped; everything else stays as it is
* (line ends, other invisible characters, Unicode forms: normalising is the tokenizer's business).
*/
/** About 60 million tokens, 300 times what the method uses; a JavaScript string may not have more than 512 Mi units. */
const MAX_TEXT_BYTES = 256 * 2 ** 20;
/**
* Read a text file, packed or not. With a token budget the beginning of a text that is too large is enough, up to the end of a
* line. Errors: those of opening it, CORPUS_BROKEN, CORPUS_TOO_LARGE, CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8.
*/
async function readTextFile(file, isBudgeted) {
	const source = await file.open();
	const { packing } = file.kind;
	const held = [];
	let length = 0;
	try {
		if (packing === null && !isBudgeted && source.byteLength > MAX_TEXT_BYTES) throw corpusTooLarge(file.name, source.byteLength, MAX_TEXT_BYTES);
		for await (const piece of unpackedBytes(source, packing)) {
			held.push(piece);
			length += piece.byteLength;
			if (length > MAX_TEXT_BYTES) break;
		}
	} finally {
		await source.close();
	}
	const bytes = Buffer.concat(held);
	if (length <= MAX_TEXT_BYTES) return {
		text: decodeText(file.name, bytes),
		isCut: false
	};
	if (!isBudgeted) throw corpusTooLarge(file.name, null, MAX_TEXT_BYTES);
	return {
		text: decodeText(file.name, bytes.subarray(0, bytes.lastIndexOf(10) + 1)),
		isCut: true
	};
}
/** What the authors' scripts put between the rows of WikiText-2, which end in a line end already (arXiv 2606.03002). */
const PAPER_BETWEEN = "\n\n";
/** A text as the tokenizer is to be given it. */
function preparedText(read, { lines, lineEnds }) {
	const ended = lineEnds === "lf" ? read.replaceAll("\r\n", "\n") : read;
	const dropsBlanks = lines !== "as-is";
	const between = lines === "paper" ? PAPER_BETWEEN : "";
	const documents = documentsOfText(ended, (line) => dropsBlanks && line.trim() === "" ? 0 : line.length + between.length);
	const kept = dropsBlanks ? dropBlankLines(ended) : ended;
	const text = between === "" ? kept : kept.replaceAll(/\n(?!$)/g, `\n${between}`);
	return {
		text,
		lineEnds: countLineEnds(text),
		documents
	};
}
/** What stands where the text would be, if its repository was cloned without Git LFS (git-lfs.com, specification of pointers). */
const LFS_POINTER = /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n/;
/** Errors: CORPUS_LFS_POINTER, CORPUS_UTF16, CORPUS_NOT_UTF8. */
function decodeText(path, bytes) {
	const sign = utf16Sign(bytes);
	if (sign !== null) throw corpusUtf16(path, sign);
	const text = decodeUtf8(path, bytes);
	if (LFS_POINTER.test(text)) throw corpusLfsPointer(path);
	return text;
}
/** Bytes that are looked at for UTF-16, and the share of one kind of them that is 0 in UTF-16 of any Latin text. */
const SIGN_BYTES = 4096;
const ZERO_SHARE = .4;
/** What shows that bytes are UTF-16; null: they are not. Without a mark, Latin text in it even passes for UTF-8 with zeros. */
function utf16Sign(bytes) {
	const [first, second] = bytes;
	if (first === 255 && second === 254) return "it begins with the byte order mark FF FE";
	if (first === 254 && second === 255) return "it begins with the byte order mark FE FF";
	const head = bytes.subarray(0, SIGN_BYTES);
	const zeros = [0, 0];
	head.forEach((byte, i) => {
		if (byte === 0) zeros[i % 2] += 1;
	});
	const most = Math.max(...zeros);
	const least = Math.min(...zeros);
	return most > ZERO_SHARE * head.length / 2 && least < most / 10 ? `every other byte of it is 0 (${most} of the first ${head.length})` : null;
}
/** Errors: CORPUS_NOT_UTF8 with the offset of the first bad byte. */
function decodeUtf8(path, bytes) {
	if (!isUtf8(bytes)) {
		const offset = firstInvalidByte(bytes);
		throw corpusNotUtf8(path, offset, bytes[offset] ?? 0);
	}
	return new TextDecoder("utf-8").decode(bytes);
}
/**
* Without its blank lines; what is kept keeps its own line end. The paper joins WikiText-2's non-empty lines, and the
* dataset's own reader calls a line of spaces empty.
*/
function dropBlankLines(text) {
	return text.replace(/(?<![^\n])[^\S\n]*(?:\n|$)/g, "");
}
/** Where the first character that is not UTF-8 begins: lengths, continuation bytes, overlongs, surrogates, range. */
function firstInvalidByte(bytes) {
	let at = 0;
	while (at < bytes.length) {
		const length = sequenceLength(bytes[at]);
		if (length === 0 || !isUtf8(bytes.subarray(at, at + length))) return at;
		at += length;
	}
	return at;
}
function sequenceLength(lead) {
	if (lead < 128) return 1;
	if (lead < 194) return 0;
	if (lead < 224) return 2;
	if (lead < 240) return 3;
	return lead < 245 ? 4 : 0;
}
// src/corpus/records/draw.ts
/**
* @file N of the records, drawn at random and in random order: each record has a key made of the seed and its number, and those
* with the smallest keys are drawn, in the order of their keys. So the same records come of the same seed, whatever way
* the files are read in.
*/
/** In [0, 2⁵³): two rounds of MurmurHash3's finalizer over the number and the seed. */
function drawKey(record, seed) {
	const low = mixed(record >>> 0 ^ mixed(seed + 2654435769));
	const high = mixed(Math.floor(record / 2 ** 32) ^ mixed(low + 2246822507));
	return (high >>> 0) * 2 ** 21 + (mixed(low ^ high) >>> 11);
}
function mixed(value) {
	let x = value | 0;
	x = Math.imul(x ^ x >>> 16, 2246822507);
	x = Math.imul(x ^ x >>> 13, 3266489909);
	return x ^ x >>> 16;
}
/** Keeps the N with the smallest keys of what it is given. */
var Draw = class {
	#wanted;
	#seed;
	#held = [];
	#limit = Number.POSITIVE_INFINITY;
	constructor(wanted, seed) {
		this.#wanted = wanted;
		this.#seed = seed;
	}
	offer(record, value) {
		const key = drawKey(record, this.#seed);
		if (key > this.#limit) return;
		this.#held.push({
			key,
			record,
			value
		});
		if (this.#held.length >= 2 * this.#wanted + 64) this.#prune();
	}
	/** What is held may be more than is wanted, until it is drawn. */
	get held() {
		return this.#held.map(({ value }) => value);
	}
	/** In the order of the keys. */
	drawn() {
		this.#prune();
		return this.held;
	}
	#prune() {
		this.#held.sort((a, b) => a.key - b.key || a.record - b.record);
		this.#held.length = Math.min(this.#held.length, this.#wanted);
		if (this.#held.length === this.#wanted) this.#limit = this.#held.at(-1)?.key ?? this.#limit;
	}
};
// src/corpus/records/values.ts
/** Characters that drawn records may hold until they are all known. */
const MOST_HELD = 256 * 2 ** 20;
/** Errors: CORPUS_FIELD_MISSING, CORPUS_BROKEN, RECORD_TOO_LARGE, CORPUS_TOO_LARGE (drawn records), those of reading. */
async function* fieldValues(files, config) {
	if (config.subset === null) for (const file of files) yield* valuesOf(file, config);
	else if (files.every(({ kind }) => kind.format === "parquet" && kind.packing === null)) yield* drawnRows(files, config, {
		wanted: config.subset,
		seed: config.seed
	});
	else yield* drawnValues(files, config, {
		wanted: config.subset,
		seed: config.seed
	});
}
async function* valuesOf(file, choice) {
	if (file.kind.format === "text") {
		const { text } = await readTextFile(file, false);
		yield {
			file: file.name,
			record: 1,
			field: WHOLE,
			value: text
		};
		return;
	}
	const source = await file.open();
	try {
		await refusePointer(file.name, source);
		if (file.kind.format === "parquet" && file.kind.packing === null) yield* rowsOf$1(file.name, await openParquet(source), choice);
		else yield* recordsOf(file, source, choice);
	} finally {
		await source.close();
	}
}
/** Of a text file among others. */
const WHOLE = {
	name: "text",
	top: "text",
	inside: []
};
const LONGEST_POINTER = 1024;
/** Errors: CORPUS_LFS_POINTER. */
async function refusePointer(name, source) {
	if (source.byteLength > LONGEST_POINTER) return;
	const head = new TextDecoder().decode(await source.read(0, source.byteLength));
	if (LFS_POINTER.test(head)) throw corpusLfsPointer(name);
}
/** Of JSON and CSV, whose fields the first record tells. */
async function* recordsOf(file, source, choice) {
	let field = null;
	let number = 0;
	for await (const record of parsedRecords(file, source)) {
		number++;
		if (!isJsonObject(record)) throw corpusBroken(file.name, `record ${number} is no object with fields`);
		field ??= chosen(file.name, fieldsOf$1(record), choice);
		yield {
			file: file.name,
			record: number,
			field,
			value: inside(record, [field.top, ...field.inside])
		};
	}
}
function parsedRecords({ name, kind }, source) {
	const bytes = unpackedBytes(source, kind.packing);
	switch (kind.format) {
		case "lines": return jsonLines(name, bytes);
		case "json": return jsonRecords(name, bytes);
		case "csv": return csvRecords(name, bytes, ",");
		case "tsv": return csvRecords(name, bytes, "	");
		default: throw corpusBroken(name, "Parquet is read from its end, and so cannot be packed as a whole");
	}
}
function fieldsOf$1(record) {
	return Object.entries(record).map(([name, value]) => ({
		name,
		isText: typeof value === "string"
	}));
}
const chosen = (file, fields, { field, template }) => chooseField(file, fields, {
	asked: field,
	isChat: template
});
async function* rowsOf$1(file, parquet, choice) {
	const field = chosen(file, parquet.columns, choice);
	let record = 0;
	for (let group = 0; group < parquet.groupStarts.length - 1; group++) for (const value of await parquet.readGroup(group, field.top)) yield {
		file,
		record: ++record,
		field,
		value: inside(value, field.inside)
	};
}
/** Every record is seen, and those that are drawn are held. */
async function* drawnValues(files, choice, { wanted, seed }) {
	const draw = new Draw(wanted, seed);
	let [record, sinceCounted] = [0, 0];
	for (const file of files) for await (const value of valuesOf(file, choice)) {
		draw.offer(record++, value);
		sinceCounted += lengthOf$1(value);
		if (sinceCounted < MOST_HELD) continue;
		sinceCounted = draw.held.reduce((sum, one) => sum + lengthOf$1(one), 0);
		if (sinceCounted > MOST_HELD) throw corpusTooLarge(file.name, null, MOST_HELD);
	}
	yield* draw.drawn();
}
const lengthOf$1 = ({ value }) => typeof value === "string" ? value.length : 1e3;
/** Only the row groups in which a drawn row lies are read, each when its turn comes. */
async function* drawnRows(files, choice, { wanted, seed }) {
	const draw = new Draw(wanted, seed);
	const groups = new HeldGroups();
	const opened = [];
	try {
		let record = 0;
		for (const [index, file] of files.entries()) {
			const source = await file.open();
			const parquet = await openParquet(source);
			opened.push({
				file,
				source,
				parquet,
				field: chosen(file.name, parquet.columns, choice)
			});
			for (let row = 0; row < parquet.rows; row++) draw.offer(record++, {
				file: index,
				row
			});
		}
		for (const { file: index, row } of draw.drawn()) {
			const from = opened[index];
			if (from === void 0) continue;
			const { file, parquet, field } = from;
			const group = parquet.groupStarts.findIndex((start) => start > row) - 1;
			const value = (await groups.read(`${index}/${group}`, () => parquet.readGroup(group, field.top)))[row - (parquet.groupStarts[group] ?? 0)];
			yield {
				file: file.name,
				record: row + 1,
				field,
				value: inside(value, field.inside)
			};
		}
	} finally {
		for (const { source } of opened) await source.close();
	}
}
/** Row groups that were read last: the drawn rows of small files all lie in a few. */
var HeldGroups = class {
	#groups = /* @__PURE__ */ new Map();
	#length = 0;
	async read(name, read) {
		const known = this.#groups.get(name);
		if (known !== void 0) return known.values;
		const values = await read();
		const length = values.reduce((sum, one) => sum + (typeof one === "string" ? one.length : 1e3), 0);
		this.#groups.set(name, {
			values,
			length
		});
		this.#length += length;
		for (const [oldest, { length: freed }] of this.#groups) {
			if (this.#length <= MOST_HELD || oldest === name) break;
			this.#groups.delete(oldest);
			this.#length -= freed;
		}
		return values;
	}
};
// src/corpus/records/texts.ts
/** `tokenizer`: whose chat template writes conversations. */
function recordTexts({ files }, config, tokenizer) {
	const write = config.template ? writerOf(tokenizer) : null;
	let [read, without, field] = [
		0,
		0,
		config.field ?? ""
	];
	return {
		texts: async function* () {
			for await (const found of fieldValues(files, config)) {
				read++;
				field = found.field.name;
				if (found.value === void 0 || found.value === null) without++;
				else if (write === null) yield textOf$2(found.file, found.record, found.field, found.value);
				else yield write(found.file, found.record, found.value);
			}
		},
		read: () => ({
			field,
			read,
			without,
			subset: config.subset,
			seed: config.seed
		})
	};
}
function writerOf(tokenizer) {
	const source = tokenizer?.chat;
	if (source === void 0) throw chatTemplateMissing("the tokenizer");
	return chatWriter(source);
}
// src/corpus/tokenizers/pieces.ts
/** @file A long text encoded piece by piece: the process stays responsive, and a token budget stops the work. */
/** Characters between two rests, in which signals and timers are served: 10 to 30 ms of work. */
const REST_AFTER = 16384;
/** Ids of the text, or of a prefix of it that has at least `budget` of them. */
async function encodePieces(text, encode, { cut, budget, onProgress, onPiece }) {
	const pieces = [];
	let count = 0;
	let start = 0;
	let rested = 0;
	while (start < text.length && (budget === null || count < budget)) {
		const end = cut === null ? text.length : nextCut(text, cut, start);
		const ids = encode(text.slice(start, end));
		pieces.push(ids);
		count += ids.length;
		start = end;
		onPiece?.(start, count);
		if (start - rested < REST_AFTER && start < text.length) continue;
		rested = start;
		onProgress(Math.max(start / text.length, budget === null ? 0 : Math.min(1, count / budget)));
		await setImmediate$1();
	}
	return joinPieces(pieces, count);
}
function nextCut(text, { pattern, pieceLength }, start) {
	pattern.lastIndex = Math.min(start + pieceLength, text.length);
	const match = pattern.exec(text);
	return match === null ? text.length : match.index + match[0].length;
}
/** One after the other; `count`: ids in all. */
function joinPieces(pieces, count) {
	const ids = new Int32Array(count);
	let at = 0;
	for (const piece of pieces) {
		ids.set(piece, at);
		at += piece.length;
	}
	return ids;
}
// src/corpus/encode.ts
/**
* @file The text of a corpus as token ids. A text is encoded in pieces; records one by one, a blank line after each that another
* follows, so that where one begins is known to the token, and no more of them is read than the budget asks for.
*/
/** Stands between two records. */
const BETWEEN = "\n\n";
/** Characters that a token has at most, over a whole text: of a text in lines no more than that is read for a budget. */
const CHARACTERS_EACH = 64;
const LEAST_READ = 2 ** 20;
/** Errors: those of errors/corpus.ts, of opening and of reading. */
async function encodeCorpus(config, tokenizer, { open, onProgress }) {
	const place = await corpusFiles(config.source, open);
	try {
		const isText = place.files.every(({ kind }) => kind.format === "text");
		const records = {
			...EVERY_RECORD,
			...config.records
		};
		if (isText || place.ofLines) refuseRecords(config.source, records);
		const encoding = {
			config,
			tokenizer,
			onProgress,
			place
		};
		const encoded = isText ? await encodeText$1(encoding, await wholeText(encoding)) : place.ofLines ? await encodeText$1(encoding, await textOfLines(encoding)) : await encodeRecords(encoding, records);
		if (encoded.tokens.length === 0) throw corpusEmpty(config.source, "text");
		return encoded;
	} finally {
		await place.close();
	}
}
/** Errors: CORPUS_NO_RECORDS. */
function refuseRecords(spec, { field, template, subset }) {
	if (subset !== null) throw corpusNoRecords(spec, "--subset");
	if (template) throw corpusNoRecords(spec, "--template");
	if (field !== null) throw corpusNoRecords(spec, "--field");
}
async function wholeText({ config, place }) {
	const texts = [];
	const starts = [];
	let [length, isCut] = [0, false];
	for (const file of place.files) {
		const { text, isCut: cut } = await readTextFile(file, config.tokens !== null);
		starts.push(length);
		texts.push(text);
		length += text.length + 2;
		isCut = cut || length > MAX_TEXT_BYTES;
		if (!isCut) continue;
		if (config.tokens === null) throw corpusTooLarge(file.name, null, MAX_TEXT_BYTES);
		break;
	}
	return {
		read: texts.join(BETWEEN),
		isCut,
		starts: texts.length === 1 ? [] : starts
	};
}
/** Records that are lines of one text, as WikiText's are: what has no line end gets one. */
async function textOfLines({ config, place }) {
	const { tokens: budget } = config;
	const most = budget === null ? MAX_TEXT_BYTES : Math.min(MAX_TEXT_BYTES, budget * CHARACTERS_EACH + LEAST_READ);
	const lines = [];
	let [length, isCut] = [0, false];
	for await (const line of recordTexts(place, {
		...EVERY_RECORD,
		field: place.field
	}, null).texts()) {
		lines.push(line.endsWith("\n") ? line : `${line}\n`);
		length += line.length + 1;
		isCut = length > most;
		if (isCut) break;
	}
	if (isCut && budget === null) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES);
	return {
		read: lines.join(""),
		isCut,
		starts: []
	};
}
async function encodeText$1({ config, tokenizer, onProgress, place }, { read, isCut, starts }) {
	const { text, lineEnds, documents } = preparedText(read, config);
	const { cut, encode, specialIds } = tokenizer;
	const pieces = {
		characters: [],
		tokens: []
	};
	const onPiece = (characters, count) => {
		pieces.characters.push(characters);
		pieces.tokens.push(count);
	};
	const tokens = await encodePieces(text, encode, {
		cut,
		budget: config.tokens,
		onProgress,
		onPiece
	});
	if (isCut && tokens.length < (config.tokens ?? 0)) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES);
	const inText = (text.length === read.length ? documentsOfRecords(starts) : null) ?? documents;
	const sha256 = createHash("sha256").update(text).digest("hex");
	return {
		tokens,
		lineEnds,
		documents: documentsOfStream(tokens, specialIds) ?? (inText && inTokens(inText, pieces)),
		text: {
			sha256,
			unordered: sha256,
			records: null,
			...placed$1(place)
		}
	};
}
async function encodeRecords({ config, tokenizer, onProgress, place }, records) {
	const { tokens: budget } = config;
	const source = recordTexts(place, {
		...records,
		field: records.field ?? place.field
	}, tokenizer);
	const made = new Made();
	const pieces = [];
	const starts = [];
	let [count, characters] = [0, 0];
	for await (const { text, isLast } of withLast(prepared(source.texts(), config))) {
		if (budget === null && characters > MAX_TEXT_BYTES) throw corpusTooLarge(config.source, null, MAX_TEXT_BYTES);
		starts.push(count);
		made.add(text);
		characters += text.length;
		const left = budget === null ? null : budget - count;
		const ids = await encodePieces(isLast ? text : `${text}${BETWEEN}`, tokenizer.encode, {
			cut: tokenizer.cut,
			budget: left,
			onProgress: () => {}
		});
		pieces.push(ids);
		count += ids.length;
		if (budget === null) continue;
		onProgress(Math.min(1, count / budget));
		if (count >= budget) break;
	}
	return {
		tokens: joinPieces(pieces, count),
		lineEnds: made.lineEnds,
		documents: documentsOfRecords(starts),
		text: {
			...made.identity(),
			records: source.read(),
			...placed$1(place)
		}
	};
}
const placed$1 = ({ files, revision }) => ({
	revision,
	files: files.map(({ name }) => name)
});
/** As the tokenizer is to be given them; what is blank has nothing to give. */
async function* prepared(texts, config) {
	for await (const one of texts) {
		const { text } = preparedText(one, config);
		if (text.trim() !== "") yield text;
	}
}
/** Each with whether another follows. */
async function* withLast(texts) {
	let held = null;
	for await (const text of texts) {
		if (held !== null) yield {
			text: held,
			isLast: false
		};
		held = text;
	}
	if (held !== null) yield {
		text: held,
		isLast: true
	};
}
/** What was read, summed up. */
var Made = class {
	#ordered = createHash("sha256");
	#sum = 0n;
	#ends = {
		crlf: 0,
		lf: 0,
		cr: 0
	};
	add(text) {
		const digest = createHash("sha256").update(text).digest("hex");
		this.#ordered.update(digest);
		this.#sum = (this.#sum + BigInt(`0x${digest}`)) % 2n ** 256n;
		const { crlf, lf, cr } = countLineEnds(text);
		this.#ends = {
			crlf: this.#ends.crlf + crlf,
			lf: this.#ends.lf + lf,
			cr: this.#ends.cr + cr
		};
	}
	get lineEnds() {
		return this.#ends;
	}
	identity() {
		return {
			sha256: this.#ordered.digest("hex"),
			unordered: this.#sum.toString(16).padStart(64, "0")
		};
	}
};
// src/corpus/token-ids.ts
/**
* @file Token ids that somebody else made: `tokens:FILE.npy`, any integer type, one stream (n) or sequences (sequence, length).
*
* A stream is cut like text. Sequences stay as they are: a row is what the model is given, and a BOS comes before it only
* where `bos: always` asks for one; a token budget keeps whole rows.
*/
/** Errors: TOKENS_MALFORMED, CORPUS_EMPTY, TOKEN_OUT_OF_VOCABULARY, NPY_MALFORMED and those of opening the file. */
async function readTokenIds(path, vocabulary) {
	const array = readNpy(await readWhole(path), path);
	const [rows = 0, rowLength = null, ...more] = array.shape;
	if (array.shape.length === 0 || more.length > 0) throw tokensMalformed(path, `it has ${array.shape.length} axes`);
	if (rows === 0 || rowLength === 0) throw corpusEmpty(path, "ids");
	return {
		ids: toIds(path, array, vocabulary),
		rowLength
	};
}
/** Tokens of whole rows within the budget. Errors: TOKENS_ROW_LENGTH where rows do not fill a sequence. */
function rowsWithin(path, tokens, rowLength, config) {
	const withBos = config.bos === "always";
	if (rowLength + Number(withBos) !== config.blockLength) throw tokensRowLength(path, rowLength, config.blockLength, withBos);
	if (config.tokens === null) return tokens.ids;
	return tokens.ids.subarray(0, Math.floor(config.tokens / rowLength) * rowLength);
}
async function readWhole(path) {
	const source = await fileSource(path);
	try {
		return await source.read(0, source.byteLength);
	} finally {
		await source.close();
	}
}
function toIds(path, array, vocabulary) {
	const { dtype, data } = array;
	if (dtype === "f8" || dtype === "f4" || dtype === "f2" || dtype === "b1") throw tokensMalformed(path, `its type is ${dtype}, not an integer type`);
	const ids = new Int32Array(data.length);
	for (let i = 0; i < data.length; i++) {
		const stored = data[i] ?? 0;
		const id = Number(stored);
		if (id < 0 || id >= vocabulary) throw tokenOutOfVocabulary(path, stored, i, vocabulary);
		ids[i] = id;
	}
	return ids;
}
// src/corpus/load.ts
const TOKENS$1 = "tokens:";
/**
* Tokens ready for the model. `tokenizer` null: the reference has none, so only `tokens:` will do. `onProgress` hears
* the fraction of the text that is tokenized.
* Errors: those of errors/corpus.ts, and those of reading.
*/
async function loadCorpus(config, tokenizer, limits, onProgress = () => {}) {
	checkBlockLength(config.blockLength, limits.maxPositions);
	if (config.source.startsWith(TOKENS$1)) return loadTokens(config, tokenizer, limits.vocabulary);
	if (tokenizer === null) throw tokenizerNeeded(config.source);
	return await loadText(config, tokenizer, limits, onProgress);
}
async function loadText(config, tokenizer, { vocabulary, open }, onProgress) {
	const bos = chooseBos(config, tokenizer, vocabulary);
	const { tokens, lineEnds, documents, text } = await encodeCorpus(config, tokenizer, {
		open: open ?? openFiles,
		onProgress
	});
	const beyond = tokens.find((id) => id >= vocabulary);
	if (beyond !== void 0) throw tokenizerBeyondModel(tokenizer.file, beyond, vocabulary);
	const { specialIds } = tokenizer;
	return {
		...cutSequences(tokens, {
			spec: config.source,
			blockLength: config.blockLength,
			bos,
			budget: config.tokens,
			specialIds,
			lineEnds,
			documents
		}),
		made: {
			text,
			tokenizer: tokenizer.sha256
		}
	};
}
async function loadTokens(config, tokenizer, vocabulary) {
	const path = config.source.slice(7);
	if (path === "") throw corpusPathMissing(config.source);
	const tokens = await readTokenIds(path, vocabulary);
	const cut = {
		spec: config.source,
		blockLength: config.blockLength,
		specialIds: [],
		lineEnds: null,
		documents: null
	};
	if (tokens.rowLength === null) {
		const bos = chooseBos(config, tokenizer, vocabulary);
		return cutSequences(tokens.ids, {
			...cut,
			bos,
			budget: config.tokens
		});
	}
	const bos = config.bos === "always" ? chooseBos(config, tokenizer, vocabulary) : null;
	return cutSequences(rowsWithin(path, tokens, tokens.rowLength, config), {
		...cut,
		bos,
		budget: null
	});
}
function checkBlockLength(blockLength, maxPositions) {
	if (blockLength < 2) throw blockTooShort(blockLength);
	if (maxPositions !== null && blockLength > maxPositions) throw blockTooLong(blockLength, maxPositions);
}
/**
* The token to put before every sequence. `auto`: what the post-processor prepends; `always`: the tokenizer's bos_token.
* Errors: BOS_MISSING, TOKENIZER_BEYOND_MODEL.
*/
function chooseBos(config, tokenizer, vocabulary) {
	if (config.bos === "never") return null;
	const automatic = tokenizer?.bosFromPostProcessor ?? null;
	const bos = config.bos === "always" ? tokenizer?.bosToken ?? automatic : automatic;
	if (bos === null && config.bos === "always") throw bosMissing(config.source);
	if (bos !== null && tokenizer !== null && (bos < 0 || bos >= vocabulary)) throw tokenizerBeyondModel(`the BOS of ${tokenizer.file}`, bos, vocabulary);
	return bos;
}
// node_modules/@huggingface/tokenizers/dist/tokenizers.mjs
var DictionarySplitter = class {
	/**
	* @param dictionary The dictionary of words to use for splitting.
	*/
	constructor(dictionary) {
		this.trie = this._build_trie(dictionary);
	}
	/**
	* Builds a trie from the given dictionary.
	* @param dictionary The dictionary of words to build the trie from.
	* @returns The root node of the trie.
	* @private
	*/
	_build_trie(dictionary) {
		const trie = /* @__PURE__ */ Object.create(null);
		for (const word of dictionary) {
			let node = trie;
			for (let i = 0; i < word.length; ++i) {
				const char = word[i];
				node = node[char] ??= /* @__PURE__ */ Object.create(null);
			}
			node.end = word;
		}
		return trie;
	}
	/**
	* Splits the input text into tokens based on the dictionary.
	* @param text The input text to split.
	* @returns An array of tokens.
	*/
	split(text) {
		const result = [];
		const n = text.length;
		let start = 0;
		let i = 0;
		while (i < n) {
			let node = this.trie;
			let match = null;
			let j = i;
			while (j < n && (node = node[text[j]])) {
				if (node.end) match = node.end;
				++j;
			}
			if (match) {
				if (i > start) result.push(text.slice(start, i));
				result.push(match);
				i += match.length;
				start = i;
			} else ++i;
		}
		if (start < n) result.push(text.slice(start));
		return result;
	}
};
var DictionarySplitter_default = DictionarySplitter;
var AddedToken = class {
	/**
	* Creates a new instance of AddedToken.
	* @param config Added token configuration object.
	*/
	constructor(config) {
		this.content = config.content;
		this.id = config.id;
		this.single_word = config.single_word ?? false;
		this.lstrip = config.lstrip ?? false;
		this.rstrip = config.rstrip ?? false;
		this.special = config.special ?? false;
		this.normalized = config.normalized ?? !this.special;
	}
};
var AddedToken_default = AddedToken;
var compile_unicode_regexp = (source, flags) => {
	try {
		return new RegExp(source, flags);
	} catch (error) {
		if (!(error instanceof SyntaxError)) throw error;
		const property_names = /* @__PURE__ */ new Map();
		const rewritten = source.replace(/(\\[pP])\{([^}=]+)\}/g, (text, p, n, offset) => {
			let preceding_backslashes = 0;
			for (let i = offset - 1; i >= 0 && source[i] === "\\"; --i) ++preceding_backslashes;
			if (preceding_backslashes % 2 === 1) return text;
			let property_name = property_names.get(n);
			if (property_name === void 0) {
				try {
					new RegExp(`\\p{${n}}`, "u");
					property_name = n;
				} catch {
					property_name = `Script=${n}`;
				}
				property_names.set(n, property_name);
			}
			return `${p}{${property_name}}`;
		});
		if (rewritten === source) throw error;
		try {
			return new RegExp(rewritten, flags);
		} catch {
			throw error;
		}
	}
};
var clean_up_tokenization = (text) => text.replace(/ \./g, ".").replace(/ \?/g, "?").replace(/ \!/g, "!").replace(/ ,/g, ",").replace(/ \' /g, "'").replace(/ n't/g, "n't").replace(/ 'm/g, "'m").replace(/ 's/g, "'s").replace(/ 've/g, "'ve").replace(/ 're/g, "'re");
var create_pattern = (pattern, invert = true) => {
	if (pattern.Regex !== void 0) return compile_unicode_regexp(rewrite_oniguruma_to_js(normalize_bloom_split_char_class(pattern.Regex)), "gu");
	else if (pattern.String !== void 0) {
		const escaped = escape_reg_exp(pattern.String);
		return new RegExp(invert ? escaped : `(${escaped})`, "gu");
	} else {
		console.warn("Unknown pattern type:", pattern);
		return null;
	}
};
var UNICODE_WORD_CHARS_IN_CLASS = "\\p{Alphabetic}\\p{M}\\p{Nd}\\p{Pc}";
var UNICODE_WORD_CHARS = `${UNICODE_WORD_CHARS_IN_CLASS}\\u00B2\\u00B3\\u00B9\\u00BC-\\u00BE`;
var UNICODE_WORD_CLASS = `[${UNICODE_WORD_CHARS}]`;
var UNICODE_NON_WORD_CLASS = `[^${UNICODE_WORD_CHARS}]`;
var UNICODE_WORD_BOUNDARY = `(?:(?<!${UNICODE_WORD_CLASS})(?=${UNICODE_WORD_CLASS})|(?<=${UNICODE_WORD_CLASS})(?!${UNICODE_WORD_CLASS}))`;
var UNICODE_NON_WORD_BOUNDARY = `(?:(?<!${UNICODE_WORD_CLASS})(?!${UNICODE_WORD_CLASS})|(?<=${UNICODE_WORD_CLASS})(?=${UNICODE_WORD_CLASS}))`;
var LINE_START_ANCHOR = "(?:(?<![\\s\\S])|(?<=\\n))";
var LINE_END_ANCHOR = "(?:(?=\\n)|(?![\\s\\S]))";
var HEX_DIGIT_CHARS = "0-9A-Fa-f";
var ESCAPE_REWRITES = /* @__PURE__ */ new Map([
	["A", "(?<![\\s\\S])"],
	["z", "(?![\\s\\S])"],
	["Z", "(?=\\n?(?![\\s\\S]))"],
	["h", `[${HEX_DIGIT_CHARS}]`],
	["H", `[^${HEX_DIGIT_CHARS}]`],
	["w", UNICODE_WORD_CLASS],
	["W", UNICODE_NON_WORD_CLASS],
	["d", "\\p{Nd}"],
	["D", "\\P{Nd}"],
	["s", "\\p{White_Space}"],
	["S", "\\P{White_Space}"],
	["b", UNICODE_WORD_BOUNDARY],
	["B", UNICODE_NON_WORD_BOUNDARY],
	["a", "\\x07"],
	["e", "\\x1B"]
]);
var CLASS_ESCAPE_REWRITES = /* @__PURE__ */ new Map([
	["h", HEX_DIGIT_CHARS],
	["w", UNICODE_WORD_CHARS_IN_CLASS],
	["d", "\\p{Nd}"],
	["D", "\\P{Nd}"],
	["s", "\\p{White_Space}"],
	["S", "\\P{White_Space}"],
	["a", "\\x07"],
	["e", "\\x1B"]
]);
var CLASS_COMPLEMENT_ALTERNATIVES = /* @__PURE__ */ new Map([["W", `[^${UNICODE_WORD_CHARS_IN_CLASS}]`], ["H", `[^${HEX_DIGIT_CHARS}]`]]);
var RAW_WHITESPACE_ESCAPES = /* @__PURE__ */ new Map([
	["\n", "\\n"],
	["\r", "\\r"],
	["	", "\\t"],
	["\f", "\\f"],
	["\v", "\\v"]
]);
var POSIX_CLASS_FRAGMENTS = /* @__PURE__ */ new Map([
	["alpha", "\\p{Alphabetic}"],
	["alnum", "\\p{Alphabetic}\\p{Nd}"],
	["digit", "\\p{Nd}"],
	["lower", "\\p{Lowercase}"],
	["upper", "\\p{Uppercase}"],
	["space", "\\p{White_Space}"],
	["blank", "\\t\\p{Zs}"],
	["punct", "\\p{P}\\p{S}"],
	["cntrl", "\\p{Cc}"],
	["word", UNICODE_WORD_CHARS_IN_CLASS],
	["xdigit", HEX_DIGIT_CHARS]
]);
var JS_SYNTAX_CHARS = "^$\\.*+?()[]{}|/";
var GROUP_PREFIX_RE = /^\(\?(?:<[=!]|<[A-Za-z_][A-Za-z0-9_]*>|[:=!>])/;
var BRACED_ESCAPE_RE = /^\\([pPxu])\{([^}]*)\}/;
var QUANTIFIER_BRACE_RE = /^\{(\d+(?:,\d*)?|,\d+)\}/;
var POSIX_BRACKET_RE = /^\[:(\^?)(\p{Alphabetic}+):\]/u;
var EMPTY_NEGATED_POSIX_BRACKET_RE = /^\[:\^:\]/;
var UNSUPPORTED_POSIX_BRACKET_RE = /^\[(?:\.[^\]]*\.\]|=[^\]]*=\])/;
var FIXED_WIDTH_ESCAPE_RE = /^(?:\\x[0-9A-Fa-f]{2}|\\u[0-9A-Fa-f]{4}|\\c[A-Za-z])/;
var is_ascii_letter = (char) => char >= "A" && char <= "Z" || char >= "a" && char <= "z";
var character_at = (text, index) => String.fromCodePoint(text.codePointAt(index));
var get_ascii_folded_hex_atom = (hex) => {
	if (!/^[0-9A-Fa-f]{1,8}$/.test(hex)) return null;
	const code_point = Number.parseInt(hex, 16);
	if (code_point > 127) return null;
	const letter = String.fromCharCode(code_point);
	return is_ascii_letter(letter) ? `[${letter.toLowerCase()}${letter.toUpperCase()}]` : null;
};
var normalize_bloom_split_char_class = (regex) => regex.replace(/\[\^\(\\s\|\[([^\]]+)\]\)\]/g, "[^()|\\s$1]");
var ANY_CODE_POINT = "[\\s\\S]";
var MAX_CHARACTER_CLASS_NESTING_DEPTH = 256;
var create_character_class_operand = () => ({
	fragment: "",
	alternatives: [],
	tail: null,
	contains_complex_set: false
});
var throw_character_class_range_error = (index) => {
	throw new SyntaxError(`Unsupported range with a set-valued character-class operand at index ${index}`);
};
var add_character_class_atom = (operand, atom, index, contains_complex_set = true) => {
	if (operand.tail === "range") throw_character_class_range_error(index);
	operand.alternatives.push(atom);
	operand.tail = "set";
	operand.contains_complex_set = operand.contains_complex_set || contains_complex_set;
};
var append_character_class_fragment = (operand, fragment, set_valued = false, index = -1) => {
	if (set_valued && operand.tail === "range") throw_character_class_range_error(index);
	if (operand.tail === "range") {
		operand.fragment += fragment;
		operand.tail = "complete_range";
		return;
	}
	operand.fragment += fragment;
	operand.tail = set_valued ? "set" : "scalar";
	operand.contains_complex_set = operand.contains_complex_set || set_valued;
};
var rewrite_character_class_escape = (regex, index, operand) => {
	const braced = BRACED_ESCAPE_RE.exec(regex.slice(index));
	if (braced) {
		const [text, kind, body] = braced;
		if (kind === "P" && body === "Word") add_character_class_atom(operand, `[^${UNICODE_WORD_CHARS_IN_CLASS}]`, index);
		else append_character_class_fragment(operand, kind === "x" ? `\\u{${body}}` : kind === "p" && body === "Word" ? UNICODE_WORD_CHARS_IN_CLASS : text, kind === "p" || kind === "P", index);
		return index + text.length;
	}
	const fixed_width = FIXED_WIDTH_ESCAPE_RE.exec(regex.slice(index));
	if (fixed_width) {
		append_character_class_fragment(operand, fixed_width[0]);
		return index + fixed_width[0].length;
	}
	if (index + 1 >= regex.length) throw new SyntaxError(`Unterminated escape in character class at index ${index}`);
	const next = character_at(regex, index + 1);
	const next_end = index + 1 + next.length;
	const raw_whitespace = RAW_WHITESPACE_ESCAPES.get(next);
	if (raw_whitespace !== void 0) {
		append_character_class_fragment(operand, raw_whitespace);
		return next_end;
	}
	const complement = CLASS_COMPLEMENT_ALTERNATIVES.get(next);
	if (complement !== void 0) {
		add_character_class_atom(operand, complement, index);
		return next_end;
	}
	const rewrite = CLASS_ESCAPE_REWRITES.get(next);
	let replacement;
	let set_valued = false;
	if (rewrite !== void 0) {
		replacement = rewrite;
		set_valued = next !== "a" && next !== "e";
	} else if (/[A-Za-z0-9]/.test(next)) replacement = `\\${next}`;
	else if (JS_SYNTAX_CHARS.includes(next) || next === "-") replacement = `\\${next}`;
	else replacement = next;
	append_character_class_fragment(operand, replacement, set_valued, index);
	return next_end;
};
var compile_character_set_union = (pieces) => {
	if (pieces.length === 1) return pieces[0];
	return `(?:(?=(?:${pieces.join("|")}))${ANY_CODE_POINT})`;
};
var compile_character_class_operand = (operand) => {
	return compile_character_set_union(operand.fragment.length === 0 ? operand.alternatives : [`[${operand.fragment}]`, ...operand.alternatives]);
};
var get_ascii_fold_additions = (positive_atom) => {
	const membership = compile_unicode_regexp(`^(?:${positive_atom})$`, "u");
	let additions = "";
	for (let offset = 0; offset < 26; ++offset) {
		const upper = String.fromCharCode(65 + offset);
		const lower = String.fromCharCode(97 + offset);
		const has_upper = membership.test(upper);
		if (has_upper !== membership.test(lower)) additions += has_upper ? lower : upper;
	}
	return additions;
};
var parse_character_class = (regex, start, ascii_fold, apply_ascii_fold = true, nesting_depth = 1) => {
	if (nesting_depth > MAX_CHARACTER_CLASS_NESTING_DEPTH) throw new SyntaxError(`Maximum character-class nesting depth of ${MAX_CHARACTER_CLASS_NESTING_DEPTH} exceeded at index ${start}`);
	let i = start + 1;
	const negated = regex[i] === "^";
	if (negated) ++i;
	const first_content_index = i;
	const operands = [create_character_class_operand()];
	let operand = operands[0];
	let contains_nested_negated_complex_set = false;
	while (i < regex.length) {
		const char = character_at(regex, i);
		if (char === "\\") {
			i = rewrite_character_class_escape(regex, i, operand);
			continue;
		}
		if (char === "]") {
			if (i === first_content_index) {
				append_character_class_fragment(operand, "\\]");
				++i;
				continue;
			}
			if (operand.tail === null) {
				if (operands.length > 1) throw new SyntaxError(`Malformed character-class intersection with an empty operand at index ${i}`);
				throw new SyntaxError(`Empty character class at index ${start}`);
			}
			const contains_complex_set = operands.some((candidate) => candidate.contains_complex_set);
			if (negated && operands.length > 1 && contains_nested_negated_complex_set) throw new SyntaxError(`Unsupported outer-negated character-class intersection with a nested negated class containing a Unicode property, POSIX class, or shorthand at index ${start}`);
			const first_atom = compile_character_class_operand(operands[0]);
			let positive_atom = first_atom;
			if (operands.length > 1) {
				let lookaheads = "";
				for (let j = 1; j < operands.length; ++j) lookaheads += `(?=${compile_character_class_operand(operands[j])})`;
				positive_atom = `(?:${lookaheads}${first_atom})`;
			}
			const is_direct_class = operands.length === 1 && operand.alternatives.length === 0;
			let direct_fragment = operand.fragment;
			if (ascii_fold && apply_ascii_fold) {
				const additions = get_ascii_fold_additions(positive_atom);
				if (additions.length > 0) {
					if (is_direct_class) {
						direct_fragment += additions;
						positive_atom = `[${direct_fragment}]`;
					} else positive_atom = compile_character_set_union([positive_atom, `[${additions}]`]);
				}
			}
			return {
				atom: negated ? is_direct_class ? `[^${direct_fragment}]` : `(?:(?!${positive_atom})${ANY_CODE_POINT})` : positive_atom,
				end: i + 1,
				negated,
				contains_complex_set,
				contains_nested_negated_complex_set
			};
		}
		if (regex.startsWith("&&", i)) {
			if (operand.tail === null) throw new SyntaxError(`Malformed character-class intersection with an empty operand at index ${i}`);
			operand = create_character_class_operand();
			operands.push(operand);
			i += 2;
			continue;
		}
		if (char === "[") {
			const suffix = regex.slice(i);
			if (EMPTY_NEGATED_POSIX_BRACKET_RE.test(suffix)) throw new SyntaxError(`Malformed empty negated POSIX character class at index ${i}`);
			const posix = POSIX_BRACKET_RE.exec(suffix);
			if (posix) {
				const [, posix_negated, name] = posix;
				const fragment = POSIX_CLASS_FRAGMENTS.get(name);
				if (fragment === void 0) throw new SyntaxError(`Unsupported POSIX character class "${name}" at index ${i}`);
				if (ascii_fold && posix_negated && (name === "lower" || name === "upper")) throw new SyntaxError(`Unsupported negated POSIX ${name} class inside an inline case-insensitive group`);
				if (posix_negated) add_character_class_atom(operand, `[^${fragment}]`, i);
				else append_character_class_fragment(operand, fragment, true, i);
				i += posix[0].length;
				continue;
			}
			if (UNSUPPORTED_POSIX_BRACKET_RE.test(suffix)) throw new SyntaxError(`Unsupported POSIX collating or equivalence bracket expression at index ${i}`);
			const nested = parse_character_class(regex, i, ascii_fold, false, nesting_depth + 1);
			add_character_class_atom(operand, nested.atom, i, nested.contains_complex_set);
			contains_nested_negated_complex_set ||= nested.contains_nested_negated_complex_set || nested.negated && nested.contains_complex_set;
			i = nested.end;
			continue;
		}
		if (char === "-") {
			const is_terminal_literal = regex[i + 1] === "]" || regex.startsWith("&&", i + 1);
			if (operand.tail === "set" && !is_terminal_literal) throw_character_class_range_error(i);
			if (operand.tail === null || operand.tail === "range" || operand.tail === "complete_range" || is_terminal_literal) append_character_class_fragment(operand, "\\-");
			else {
				operand.fragment += "-";
				operand.tail = "range";
			}
			++i;
			continue;
		}
		append_character_class_fragment(operand, char === "^" && operand.fragment.length === 0 ? "\\^" : char);
		i += char.length;
	}
	throw new SyntaxError(`${operands.length > 1 ? "Unterminated character-class intersection" : "Unterminated character class"} at index ${start}`);
};
var rewrite_oniguruma_to_js = (regex) => {
	let out = "";
	let atom_start = -1;
	let last_was_quantifier = false;
	let ascii_fold = false;
	const group_states = [];
	const emit_atom = (text) => {
		atom_start = out.length;
		out += text;
		last_was_quantifier = false;
	};
	for (let i = 0; i < regex.length;) {
		const char = character_at(regex, i);
		if (char === "\\") {
			const braced = BRACED_ESCAPE_RE.exec(regex.slice(i));
			if (braced) {
				const [text, kind, body] = braced;
				let replacement2 = text;
				if (kind === "x") {
					const code_point_escape = `\\u{${body}}`;
					replacement2 = ascii_fold ? get_ascii_folded_hex_atom(body) ?? code_point_escape : code_point_escape;
				} else if (body === "Word") replacement2 = kind === "p" ? UNICODE_WORD_CLASS : UNICODE_NON_WORD_CLASS;
				emit_atom(replacement2);
				i += text.length;
				continue;
			}
			const fixed_width = FIXED_WIDTH_ESCAPE_RE.exec(regex.slice(i));
			if (fixed_width) {
				const text = fixed_width[0];
				emit_atom(ascii_fold && text[1] !== "c" ? get_ascii_folded_hex_atom(text.slice(2)) ?? text : text);
				i += text.length;
				continue;
			}
			if (i + 1 >= regex.length) {
				out += char;
				break;
			}
			const next = character_at(regex, i + 1);
			i += 1 + next.length;
			if (next === "G") continue;
			const raw_whitespace = RAW_WHITESPACE_ESCAPES.get(next);
			if (raw_whitespace !== void 0) {
				emit_atom(raw_whitespace);
				continue;
			}
			const rewrite = ESCAPE_REWRITES.get(next);
			let replacement;
			if (rewrite !== void 0) replacement = rewrite;
			else if (/[A-Za-z0-9]/.test(next)) replacement = `\\${next}`;
			else if (JS_SYNTAX_CHARS.includes(next)) replacement = `\\${next}`;
			else replacement = next;
			emit_atom(replacement);
			continue;
		}
		switch (char) {
			case "[": {
				const parsed = parse_character_class(regex, i, ascii_fold);
				emit_atom(parsed.atom);
				i = parsed.end;
				continue;
			}
			case "]":
				emit_atom("\\]");
				++i;
				continue;
			case ".":
				emit_atom("[^\\n]");
				++i;
				continue;
			case "^":
				emit_atom(LINE_START_ANCHOR);
				++i;
				continue;
			case "$":
				emit_atom(LINE_END_ANCHOR);
				++i;
				continue;
			case "(": {
				const inline_case_insensitive = regex.startsWith("(?i:", i);
				const source_prefix = inline_case_insensitive ? "(?i:" : GROUP_PREFIX_RE.exec(regex.slice(i))?.[0] ?? "(";
				const output_prefix = inline_case_insensitive ? "(?:" : source_prefix === "(?>" ? "(?:" : source_prefix;
				group_states.push([out.length, ascii_fold]);
				if (inline_case_insensitive) ascii_fold = true;
				out += output_prefix;
				last_was_quantifier = false;
				i += source_prefix.length;
				continue;
			}
			case ")":
				out += char;
				[atom_start, ascii_fold] = group_states.pop() ?? [-1, false];
				last_was_quantifier = false;
				++i;
				continue;
			case "|":
				out += char;
				atom_start = -1;
				last_was_quantifier = false;
				++i;
				continue;
			case "{": {
				const quant = QUANTIFIER_BRACE_RE.exec(regex.slice(i));
				if (!quant || atom_start < 0) {
					emit_atom("\\{");
					++i;
					continue;
				}
				const body = quant[1].startsWith(",") ? `0${quant[1]}` : quant[1];
				i += quant[0].length;
				const following = regex[i];
				if (following === "+" || following === "*") {
					out = `${out.slice(0, atom_start)}(?:${out.slice(atom_start)}{${body}})${following}`;
					++i;
				} else out += `{${body}}`;
				last_was_quantifier = true;
				continue;
			}
			case "}":
				emit_atom("\\}");
				++i;
				continue;
			case "+":
				if (last_was_quantifier) {
					++i;
					continue;
				}
				out += char;
				last_was_quantifier = true;
				++i;
				continue;
			case "*":
			case "?":
				out += char;
				last_was_quantifier = true;
				++i;
				continue;
			default:
				emit_atom(ascii_fold && is_ascii_letter(char) ? `[${char.toLowerCase()}${char.toUpperCase()}]` : char);
				i += char.length;
				continue;
		}
	}
	return out;
};
var escape_reg_exp = (string) => string.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
var fuse_unk = (arr, tokens_to_ids, unk_token_id) => {
	const fused = [];
	let i = 0;
	while (i < arr.length) {
		fused.push(arr[i]);
		if ((tokens_to_ids.get(arr[i]) ?? unk_token_id) !== unk_token_id) {
			++i;
			continue;
		}
		while (++i < arr.length && (tokens_to_ids.get(arr[i]) ?? unk_token_id) === unk_token_id) if (tokens_to_ids.get(fused.at(-1)) !== unk_token_id) fused[fused.length - 1] += arr[i];
	}
	return fused;
};
var is_chinese_char = (cp) => cp >= 19968 && cp <= 40959 || cp >= 13312 && cp <= 19903 || cp >= 131072 && cp <= 173791 || cp >= 173824 && cp <= 177983 || cp >= 177984 && cp <= 178207 || cp >= 178208 && cp <= 183983 || cp >= 63744 && cp <= 64255 || cp >= 194560 && cp <= 195103;
var is_integral_number = (x) => Number.isInteger(x) || typeof x === "bigint";
var len = (s) => {
	let length = 0;
	for (const c of s) ++length;
	return length;
};
var lowercase_and_remove_accents = (text) => remove_accents(text.toLowerCase());
var merge_arrays = (...arrs) => Array.prototype.concat.apply([], arrs);
var object_to_map = (obj) => new Map(Object.entries(obj));
var regex_split = (text, regex) => {
	const result = [];
	let prev = 0;
	for (const match of text.matchAll(regex)) {
		const full_match = match[0];
		if (prev < match.index) result.push(text.slice(prev, match.index));
		if (full_match.length > 0) result.push(full_match);
		prev = match.index + full_match.length;
	}
	if (prev < text.length) result.push(text.slice(prev));
	return result;
};
var remove_accents = (text) => text.replace(/\p{M}/gu, "");
var validate_object = (obj, name, required_keys = []) => {
	if (!obj || Array.isArray(obj) || typeof obj !== "object") return `${name} must be a valid object`;
	for (const key of required_keys) if (!(key in obj)) return `${name} must contain a "${key}" property`;
	return null;
};
var whitespace_split = (text) => text.match(/\S+/g) || [];
var Callable = class {
	/**
	* Creates a new instance of the Callable class.
	*/
	constructor() {
		const closure = function(...args) {
			return closure._call(...args);
		};
		return Object.setPrototypeOf(closure, new.target.prototype);
	}
};
var Callable_default = Callable;
var Normalizer$1 = class extends Callable_default {
	/**
	* @param config The configuration object for the normalizer.
	*/
	constructor(config) {
		super();
		this.config = config;
	}
	/**
	* Alias for {@link Normalizer#normalize}.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	_call(text) {
		return this.normalize(text);
	}
};
var Normalizer_default = Normalizer$1;
var BertNormalizer = class extends Normalizer_default {
	/**
	* Adds whitespace around any CJK (Chinese, Japanese, or Korean) character in the input text.
	*
	* @param text The input text to tokenize.
	* @returns The tokenized text with whitespace added around CJK characters.
	*/
	tokenize_chinese_chars(text) {
		const output = [];
		for (let i = 0; i < text.length; ++i) {
			const char = text[i];
			if (is_chinese_char(char.charCodeAt(0))) {
				output.push(" ");
				output.push(char);
				output.push(" ");
			} else output.push(char);
		}
		return output.join("");
	}
	/**
	* Strips accents from the given text.
	* @param text The text to strip accents from.
	* @returns The text with accents removed.
	*/
	strip_accents(text) {
		return text.normalize("NFD").replace(/\p{Mn}/gu, "");
	}
	/**
	* Checks whether `char` is a control character.
	* @param char The character to check.
	* @returns Whether `char` is a control character.
	*/
	is_control(char) {
		switch (char) {
			case "	":
			case "\n":
			case "\r": return false;
			default: return /^\p{Cc}|\p{Cf}|\p{Co}|\p{Cs}$/u.test(char);
		}
	}
	/**
	* Performs invalid character removal and whitespace cleanup on text.
	* @param text The text to clean.
	* @returns The cleaned text.
	*/
	clean_text(text) {
		const output = [];
		for (const char of text) {
			const cp = char.charCodeAt(0);
			if (cp === 0 || cp === 65533 || this.is_control(char)) continue;
			if (/^\s$/.test(char)) output.push(" ");
			else output.push(char);
		}
		return output.join("");
	}
	/**
	* Normalizes the given text based on the configuration.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		if (this.config.clean_text) text = this.clean_text(text);
		if (this.config.handle_chinese_chars) text = this.tokenize_chinese_chars(text);
		if (this.config.lowercase) {
			text = text.toLowerCase();
			if (this.config.strip_accents !== false) text = this.strip_accents(text);
		} else if (this.config.strip_accents) text = this.strip_accents(text);
		return text;
	}
};
var BertNormalizer_default = BertNormalizer;
var Precompiled = class extends Normalizer_default {
	/**
	* Create a new instance of Precompiled normalizer.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.charsmap = config.precompiled_charsmap ?? null;
	}
	/**
	* Normalizes the given text by applying the precompiled charsmap.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = text.replace(/[\u0001-\u0008\u000B\u000E-\u001F\u007F\u008F\u009F]/gm, "");
		text = text.replace(/[\u0009\u000A\u000C\u000D\u00A0\u1680\u2000-\u200F\u2028\u2029\u202F\u205F\u2581\u3000\uFEFF\uFFFD]/gm, " ");
		if (text.includes("～")) text = text.split("～").map((part) => part.normalize("NFKC")).join("～");
		else text = text.normalize("NFKC");
		return text;
	}
};
var Precompiled_default = Precompiled;
var Sequence = class extends Normalizer_default {
	/**
	* Create a new instance of NormalizerSequence.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.normalizers = (config.normalizers ?? []).map((x) => create_normalizer_default(x));
	}
	/**
	* Apply a sequence of Normalizers to the input text.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		return this.normalizers.reduce((t, normalizer) => {
			return normalizer ? normalizer.normalize(t) : t;
		}, text);
	}
};
var Sequence_default = Sequence;
var Replace = class extends Normalizer_default {
	/**
	* @param config The configuration object for the normalizer.
	*/
	constructor(config) {
		super(config);
		this.pattern = create_pattern(this.config.pattern ?? {});
	}
	/**
	* Normalize the input text by replacing the pattern with the content.
	* @param text The input text to be normalized.
	* @returns The normalized text after replacing the pattern with the content.
	*/
	normalize(text) {
		return this.pattern === null ? text : text.replaceAll(this.pattern, this.config.content ?? "");
	}
};
var Replace_default = Replace;
var UnicodeNormalizer = class extends Normalizer_default {
	constructor() {
		super(...arguments);
		/**
		* The Unicode normalization form to apply.
		* Should be one of: 'NFC', 'NFD', 'NFKC', or 'NFKD'.
		*/
		this.form = "NFC";
	}
	/**
	* Normalize the input text by applying Unicode normalization.
	* @param text The input text to be normalized.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = text.normalize(this.form);
		return text;
	}
};
var UnicodeNormalizer_default = UnicodeNormalizer;
var NFC = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFC";
	}
};
var NFC_default = NFC;
var NFD = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFD";
	}
};
var NFD_default = NFD;
var NFKC = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFKC";
	}
};
var NFKC_default = NFKC;
var NFKD = class extends UnicodeNormalizer_default {
	constructor() {
		super(...arguments);
		this.form = "NFKD";
	}
};
var NFKD_default = NFKD;
var Strip = class extends Normalizer_default {
	/**
	* Strip leading and/or trailing whitespace from the input text.
	* @param text The input text.
	* @returns The normalized text.
	*/
	normalize(text) {
		if (this.config.strip_left && this.config.strip_right) text = text.trim();
		else {
			if (this.config.strip_left) text = text.trimStart();
			if (this.config.strip_right) text = text.trimEnd();
		}
		return text;
	}
};
var Strip_default = Strip;
var StripAccents = class extends Normalizer_default {
	/**
	* Remove all accents from the text.
	* @param text The input text.
	* @returns The normalized text without accents.
	*/
	normalize(text) {
		return remove_accents(text);
	}
};
var StripAccents_default = StripAccents;
var Lowercase = class extends Normalizer_default {
	/**
	* Lowercases the input string.
	* @param {string} text The text to normalize.
	* @returns {string} The normalized text.
	*/
	normalize(text) {
		return text.toLowerCase();
	}
};
var Lowercase_default = Lowercase;
var Prepend = class extends Normalizer_default {
	/**
	* Prepends the input string.
	* @param text The text to normalize.
	* @returns The normalized text.
	*/
	normalize(text) {
		text = this.config.prepend + text;
		return text;
	}
};
var Prepend_default = Prepend;
function create_normalizer(config) {
	if (config === null) return null;
	switch (config.type) {
		case "BertNormalizer": return new BertNormalizer_default(config);
		case "Precompiled": return new Precompiled_default(config);
		case "Sequence": return new Sequence_default(config);
		case "Replace": return new Replace_default(config);
		case "NFC": return new NFC_default(config);
		case "NFD": return new NFD_default(config);
		case "NFKC": return new NFKC_default(config);
		case "NFKD": return new NFKD_default(config);
		case "Strip": return new Strip_default(config);
		case "StripAccents": return new StripAccents_default(config);
		case "Lowercase": return new Lowercase_default(config);
		case "Prepend": return new Prepend_default(config);
		default: throw new Error(`Unknown Normalizer type: ${config.type}`);
	}
}
var create_normalizer_default = create_normalizer;
var PreTokenizer = class extends Callable_default {
	/**
	* Tokenizes the given text into pre-tokens.
	* @param text The text or array of texts to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of pre-tokens.
	*/
	pre_tokenize(text, options) {
		return (Array.isArray(text) ? text.map((x) => this.pre_tokenize_text(x, options)) : this.pre_tokenize_text(text, options)).flat();
	}
	/**
	* Alias for {@link PreTokenizer#pre_tokenize}.
	* @param text The text or array of texts to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of pre-tokens.
	*/
	_call(text, options) {
		return this.pre_tokenize(text, options);
	}
};
var PreTokenizer_default = PreTokenizer;
var BYTES_TO_UNICODE = (() => {
	const bs = [
		...Array.from({ length: "~".charCodeAt(0) - "!".charCodeAt(0) + 1 }, (_, i) => i + "!".charCodeAt(0)),
		...Array.from({ length: "¬".charCodeAt(0) - "¡".charCodeAt(0) + 1 }, (_, i) => i + "¡".charCodeAt(0)),
		...Array.from({ length: "ÿ".charCodeAt(0) - "®".charCodeAt(0) + 1 }, (_, i) => i + "®".charCodeAt(0))
	];
	const cs = bs.slice();
	let n = 0;
	for (let b = 0; b < 256; ++b) if (!bs.includes(b)) {
		bs.push(b);
		cs.push(256 + n);
		n += 1;
	}
	const ccs = cs.map((n2) => String.fromCharCode(n2));
	return Object.fromEntries(bs.map((b, i) => [b, ccs[i]]));
})();
var reverse_dictionary = (data) => Object.fromEntries(Object.entries(data).map(([key, value]) => [value, key]));
var UNICODE_TO_BYTES = reverse_dictionary(BYTES_TO_UNICODE);
var PUNCTUATION_REGEX = "\\p{P}\\u0021-\\u002F\\u003A-\\u0040\\u005B-\\u0060\\u007B-\\u007E";
var ByteLevel = class extends PreTokenizer_default {
	/**
	* Creates a new instance of the `ByteLevelPreTokenizer` class.
	* @param config The configuration object.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.add_prefix_space = this.config.add_prefix_space ?? false;
		this.trim_offsets = this.config.trim_offsets ?? false;
		this.use_regex = this.config.use_regex ?? true;
		this.pattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;
		this.byte_encoder = BYTES_TO_UNICODE;
		this.text_encoder = new TextEncoder();
	}
	/**
	* Tokenizes a single piece of text using byte-level tokenization.
	* @param text The text to tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text, options) {
		if (this.add_prefix_space && !text.startsWith(" ")) text = " " + text;
		return (this.use_regex ? text.match(this.pattern) || [] : [text]).map((token) => Array.from(this.text_encoder.encode(token), (byte) => this.byte_encoder[byte]).join(""));
	}
};
var ByteLevel_default = ByteLevel;
var Whitespace = class extends PreTokenizer_default {
	/**
	* Pre-tokenizes the input text by splitting it on word boundaries.
	* @param text The text to be pre-tokenized.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens produced by splitting the input text on whitespace.
	*/
	pre_tokenize_text(text, options) {
		return text.match(/\w+|[^\w\s]+/g) || [];
	}
};
var Whitespace_default = Whitespace;
var Metaspace = class extends PreTokenizer_default {
	/**
	* @param config The configuration object for the MetaspacePreTokenizer.
	*/
	constructor(config) {
		super();
		this.replacement = config.replacement ?? "▁";
		this.str_rep = config.str_rep || this.replacement;
		this.prepend_scheme = config.prepend_scheme ?? "always";
	}
	/**
	* This method takes a string, replaces spaces with the replacement character,
	* adds a prefix space if requested, and returns a new list of tokens.
	* @param text The text to pre-tokenize.
	* @param options The options for the pre-tokenization.
	* @returns A new list of pre-tokenized tokens.
	*/
	pre_tokenize_text(text, options) {
		const { section_index = void 0 } = options ?? {};
		let normalized = text.replaceAll(" ", this.str_rep);
		if (!normalized.startsWith(this.replacement) && (this.prepend_scheme === "always" || this.prepend_scheme === "first" && section_index === 0)) normalized = this.str_rep + normalized;
		return [normalized];
	}
};
var Metaspace_default = Metaspace;
var Split = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = create_pattern(this.config.pattern ?? {}, this.config.invert ?? true);
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		if (this.pattern === null) return [];
		if (this.config.invert) return (text.match(this.pattern) || []).filter((x) => x);
		else if (this.config.behavior?.toLowerCase() === "removed") return text.split(this.pattern).filter((x) => x);
		else return regex_split(text, this.pattern);
	}
};
var Split_default = Split;
var Punctuation = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = new RegExp(`[^${PUNCTUATION_REGEX}]+|[${PUNCTUATION_REGEX}]+`, "gu");
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		return text.match(this.pattern) || [];
	}
};
var Punctuation_default = Punctuation;
var Digits = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		const digit_pattern = `[^\\d]+|\\d${this.config.individual_digits ? "" : "+"}`;
		this.pattern = new RegExp(digit_pattern, "gu");
	}
	/**
	* Tokenizes text by splitting it using the given pattern.
	* @param text The text to tokenize.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text) {
		return text.match(this.pattern) || [];
	}
};
var Digits_default = Digits;
var BertPreTokenizer = class extends PreTokenizer_default {
	/**
	* A PreTokenizer that splits text into wordpieces using a basic tokenization scheme
	* similar to that used in the original implementation of BERT.
	*/
	constructor() {
		super();
		this.pattern = new RegExp(`[^\\s${PUNCTUATION_REGEX}]+|[${PUNCTUATION_REGEX}]`, "gu");
	}
	/**
	* Tokenizes a single text using the BERT pre-tokenization scheme.
	*
	* @param text The text to tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns An array of tokens.
	*/
	pre_tokenize_text(text, options) {
		return text.trim().match(this.pattern) || [];
	}
};
var BertPreTokenizer_default = BertPreTokenizer;
var Replace2 = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.pattern = create_pattern(this.config.pattern ?? {});
		this.content = this.config.content ?? "";
	}
	/**
	* Pre-tokenizes the input text by replacing certain characters.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by replacing certain characters.
	*/
	pre_tokenize_text(text) {
		if (this.pattern === null) return [text];
		return [text.replaceAll(this.pattern, this.config.content ?? "")];
	}
};
var Replace_default2 = Replace2;
var Sequence2 = class extends PreTokenizer_default {
	/**
	* Creates an instance of PreTokenizerSequence.
	* @param config The configuration object for the pre-tokenizer sequence.
	*/
	constructor(config) {
		super();
		this.tokenizers = (config.pretokenizers ?? []).map((x) => create_pre_tokenizer_default(x));
	}
	/**
	* Applies each pre-tokenizer in the sequence to the input text in turn.
	* @param text The text to pre-tokenize.
	* @param options Additional options for the pre-tokenization logic.
	* @returns The pre-tokenized text.
	*/
	pre_tokenize_text(text, options) {
		return this.tokenizers.reduce((pre_tokenized_text, tokenizer) => {
			return tokenizer ? tokenizer.pre_tokenize(pre_tokenized_text, options) : pre_tokenized_text;
		}, [text]);
	}
};
var Sequence_default2 = Sequence2;
var WhitespaceSplit = class extends PreTokenizer_default {
	/**
	* Pre-tokenizes the input text by splitting it on whitespace characters.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by splitting the input text on whitespace.
	*/
	pre_tokenize_text(text) {
		return whitespace_split(text);
	}
};
var WhitespaceSplit_default = WhitespaceSplit;
var FixedLength = class extends PreTokenizer_default {
	/**
	* @param config The configuration options for the pre-tokenizer.
	*/
	constructor(config) {
		super();
		this.config = config;
		this._length = config.length;
	}
	/**
	* Pre-tokenizes the input text by splitting it into fixed-length tokens.
	* @param text The text to be pre-tokenized.
	* @returns An array of tokens produced by splitting the input text into fixed-length tokens.
	*/
	pre_tokenize_text(text) {
		const tokens = [];
		for (let i = 0; i < text.length; i += this._length) tokens.push(text.slice(i, i + this._length));
		return tokens;
	}
};
var FixedLength_default = FixedLength;
function create_pre_tokenizer(config) {
	if (config === null) return null;
	switch (config.type) {
		case "BertPreTokenizer": return new BertPreTokenizer_default();
		case "Sequence": return new Sequence_default2(config);
		case "Whitespace": return new Whitespace_default();
		case "WhitespaceSplit": return new WhitespaceSplit_default();
		case "Metaspace": return new Metaspace_default(config);
		case "ByteLevel": return new ByteLevel_default(config);
		case "Split": return new Split_default(config);
		case "Punctuation": return new Punctuation_default(config);
		case "Digits": return new Digits_default(config);
		case "Replace": return new Replace_default2(config);
		case "FixedLength": return new FixedLength_default(config);
		default: throw new Error(`Unknown PreTokenizer type: ${config.type}`);
	}
}
var create_pre_tokenizer_default = create_pre_tokenizer;
var TokenizerModel = class extends Callable_default {
	/**
	* Creates a new instance of TokenizerModel.
	* @param config The configuration object for the TokenizerModel.
	*/
	constructor(config) {
		super();
		this.config = config;
		this.vocab = [];
		this.tokens_to_ids = /* @__PURE__ */ new Map();
		this.unk_token_id = void 0;
		this.unk_token = void 0;
		this.end_of_word_suffix = void 0;
		this.fuse_unk = this.config.fuse_unk ?? false;
	}
	/**
	* Internal function to call the TokenizerModel instance.
	* @param tokens The tokens to encode.
	* @returns The encoded tokens.
	*/
	_call(tokens) {
		let result = this.encode(tokens);
		if (this.fuse_unk) result = fuse_unk(result, this.tokens_to_ids, this.unk_token_id);
		return result;
	}
};
var TokenizerModel_default = TokenizerModel;
var WordPieceTokenizer = class extends TokenizerModel_default {
	/**
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		/** The maximum number of characters per word. */
		this.max_input_chars_per_word = 100;
		this.tokens_to_ids = object_to_map(config.vocab);
		this.unk_token_id = this.tokens_to_ids.get(config.unk_token);
		this.unk_token = config.unk_token;
		this.max_input_chars_per_word = config.max_input_chars_per_word ?? 100;
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
	}
	/**
	* Encodes an array of tokens using WordPiece encoding.
	* @param tokens The tokens to encode.
	* @returns An array of encoded tokens.
	*/
	encode(tokens) {
		const output_tokens = [];
		for (const token of tokens) {
			const chars = [...token];
			if (chars.length > this.max_input_chars_per_word) {
				output_tokens.push(this.unk_token);
				continue;
			}
			let is_unknown = false;
			let start = 0;
			const sub_tokens = [];
			while (start < chars.length) {
				let end = chars.length;
				let current_substring = null;
				while (start < end) {
					let substr = chars.slice(start, end).join("");
					if (start > 0) substr = this.config.continuing_subword_prefix + substr;
					if (this.tokens_to_ids.has(substr)) {
						current_substring = substr;
						break;
					}
					--end;
				}
				if (current_substring === null) {
					is_unknown = true;
					break;
				}
				sub_tokens.push(current_substring);
				start = end;
			}
			if (is_unknown) output_tokens.push(this.unk_token);
			else output_tokens.push(...sub_tokens);
		}
		return output_tokens;
	}
};
var WordPiece_default = WordPieceTokenizer;
var CharTrieNode = class _CharTrieNode {
	/**
	* Create a new CharTrieNode.
	* @param is_leaf Whether the node is a leaf node or not.
	* @param children A map containing the node's children, where the key is a character and the value is a `CharTrieNode`.
	*/
	constructor(is_leaf, children) {
		this.is_leaf = is_leaf;
		this.children = children;
	}
	/**
	* Returns a new `CharTrieNode` instance with default values.
	* @returns A new `CharTrieNode` instance with `is_leaf` set to `false` and an empty `children` map.
	*/
	static default() {
		return new _CharTrieNode(false, /* @__PURE__ */ new Map());
	}
};
var CharTrie = class {
	constructor() {
		this.root = CharTrieNode.default();
	}
	/**
	* Adds one or more `texts` to the trie.
	* @param texts The strings to add to the trie.
	*/
	extend(texts) {
		for (const text of texts) this.push(text);
	}
	/**
	* Adds text to the trie.
	* @param text The string to add to the trie.
	*/
	push(text) {
		let node = this.root;
		for (const ch of text) {
			let child = node.children.get(ch);
			if (child === void 0) {
				child = CharTrieNode.default();
				node.children.set(ch, child);
			}
			node = child;
		}
		node.is_leaf = true;
	}
	/**
	* Searches the trie for stored strings that match `chars` starting at `start`.
	* @param chars The input characters to search.
	* @param start The index to start searching from.
	* @yields Each stored string that is a prefix of `chars` starting at `start`.
	*/
	*common_prefix_search(chars, start = 0) {
		let node = this.root;
		if (node === void 0) return;
		let prefix = "";
		for (let i = start; i < chars.length; ++i) {
			const ch = chars[i];
			prefix += ch;
			node = node.children.get(ch);
			if (node === void 0) return;
			if (node.is_leaf) yield prefix;
		}
	}
};
var CharTrie_default = CharTrie;
var TokenLatticeNode = class _TokenLatticeNode {
	/**
	* Represents a node in a token lattice for a given sentence.
	* @param token_id The ID of the token associated with this node.
	* @param node_id The ID of this node.
	* @param pos The starting position of the token in the sentence.
	* @param length The length of the token.
	* @param score The score associated with the token.
	*/
	constructor(token_id, node_id, pos, length, score) {
		this.token_id = token_id;
		this.node_id = node_id;
		this.pos = pos;
		this.length = length;
		this.score = score;
		this.prev = null;
		this.backtrace_score = 0;
	}
	/**
	* Returns a clone of this node.
	* @returns A clone of this node.
	*/
	clone() {
		const n = new _TokenLatticeNode(this.token_id, this.node_id, this.pos, this.length, this.score);
		n.prev = this.prev;
		n.backtrace_score = this.backtrace_score;
		return n;
	}
};
var TokenLattice = class {
	/**
	* Creates a new TokenLattice instance.
	*
	* @param sentence The input sentence to be tokenized.
	* @param bos_token_id The beginning-of-sequence token ID.
	* @param eos_token_id The end-of-sequence token ID.
	*/
	constructor(sentence, bos_token_id, eos_token_id) {
		this.chars = Array.from(sentence);
		this.len = this.chars.length;
		this.bos_token_id = bos_token_id;
		this.eos_token_id = eos_token_id;
		this.nodes = [];
		this.begin_nodes = Array.from({ length: this.len + 1 }, () => []);
		this.end_nodes = Array.from({ length: this.len + 1 }, () => []);
		const bos = new TokenLatticeNode(this.bos_token_id ?? 0, 0, 0, 0, 0);
		const eos = new TokenLatticeNode(this.eos_token_id ?? 0, 1, this.len, 0, 0);
		this.nodes.push(bos.clone());
		this.nodes.push(eos.clone());
		this.begin_nodes[this.len].push(eos);
		this.end_nodes[0].push(bos);
	}
	/**
	* Inserts a new token node into the token lattice.
	*
	* @param pos The starting position of the token.
	* @param length The length of the token.
	* @param score The score of the token.
	* @param token_id The token ID of the token.
	*/
	insert(pos, length, score, token_id) {
		const node_id = this.nodes.length;
		const node = new TokenLatticeNode(token_id, node_id, pos, length, score);
		this.begin_nodes[pos].push(node);
		this.end_nodes[pos + length].push(node);
		this.nodes.push(node);
	}
	/**
	* Implements the Viterbi algorithm to compute the most likely sequence of tokens.
	*
	* @returns The most likely sequence of tokens.
	*/
	viterbi() {
		const len2 = this.len;
		let pos = 0;
		while (pos <= len2) {
			if (this.begin_nodes[pos].length == 0) return [];
			for (let rnode of this.begin_nodes[pos]) {
				rnode.prev = null;
				let best_score = 0;
				let best_node = null;
				for (let lnode of this.end_nodes[pos]) {
					const score = lnode.backtrace_score + rnode.score;
					if (best_node === null || score > best_score) {
						best_node = lnode.clone();
						best_score = score;
					}
				}
				if (best_node !== null) {
					rnode.prev = best_node;
					rnode.backtrace_score = best_score;
				} else return [];
			}
			++pos;
		}
		const results = [];
		const prev = this.begin_nodes[len2][0].prev;
		if (prev === null) return [];
		let node = prev.clone();
		while (node.prev !== null) {
			results.push(node.clone());
			node = node.clone().prev.clone();
		}
		results.reverse();
		return results;
	}
	/**
	* Get the text piece for a given node.
	* @param node The node to get the piece for.
	* @returns The array of nodes representing the most likely sequence of tokens.
	*/
	piece(node) {
		return this.chars.slice(node.pos, node.pos + node.length).join("");
	}
	/**
	* @returns The most likely sequence of tokens.
	*/
	tokens() {
		return this.viterbi().map((x) => this.piece(x));
	}
	/**
	* @returns The most likely sequence of token ids.
	*/
	token_ids() {
		return this.viterbi().map((x) => x.token_id);
	}
};
var TokenLattice_default = TokenLattice;
function min(arr) {
	if (arr.length === 0) throw new Error("Array must not be empty");
	let min_value = arr[0];
	let index_of_min = 0;
	for (let i = 1; i < arr.length; ++i) if (arr[i] < min_value) {
		min_value = arr[i];
		index_of_min = i;
	}
	return [min_value, index_of_min];
}
var Unigram = class extends TokenizerModel_default {
	/**
	* Create a new Unigram tokenizer model.
	* @param config The configuration object for the Unigram model.
	* @param eos_token
	*/
	constructor(config, eos_token) {
		super(config);
		const vocab_size = config.vocab.length;
		this.vocab = new Array(vocab_size);
		this.scores = new Array(vocab_size);
		for (let i = 0; i < vocab_size; ++i) [this.vocab[i], this.scores[i]] = config.vocab[i];
		this.unk_token_id = config.unk_id;
		this.unk_token = this.vocab[config.unk_id];
		this.tokens_to_ids = new Map(this.vocab.map((x, i) => [x, i]));
		this.bos_token = " ";
		this.bos_token_id = this.tokens_to_ids.get(this.bos_token);
		this.eos_token = eos_token;
		this.eos_token_id = this.tokens_to_ids.get(this.eos_token);
		this.unk_token = this.vocab[this.unk_token_id];
		this.min_score = min(this.scores)[0];
		this.unk_score = this.min_score - 10;
		this.scores[this.unk_token_id] = this.unk_score;
		this.trie = new CharTrie_default();
		this.trie.extend(this.vocab);
		this.fuse_unk = true;
	}
	/**
	* Populates lattice nodes.
	* @param lattice The token lattice to populate with nodes.
	*/
	populate_nodes(lattice) {
		const chars = lattice.chars;
		const mblen = 1;
		let begin_pos = 0;
		while (begin_pos < chars.length) {
			let has_single_node = false;
			const prefixed_tokens = this.trie.common_prefix_search(chars, begin_pos);
			for (const token of prefixed_tokens) {
				const token_id = this.tokens_to_ids.get(token);
				const token_score = this.scores[token_id];
				const n = len(token);
				lattice.insert(begin_pos, n, token_score, token_id);
				if (!has_single_node && n === mblen) has_single_node = true;
			}
			if (!has_single_node) lattice.insert(begin_pos, mblen, this.unk_score, this.unk_token_id);
			begin_pos += mblen;
		}
	}
	/**
	* Encodes an array of tokens into an array of subtokens using the unigram model.
	*
	* @param normalized The normalized string.
	* @returns An array of subtokens obtained by encoding the input tokens using the unigram model.
	*/
	tokenize(normalized) {
		const lattice = new TokenLattice_default(normalized, this.bos_token_id, this.eos_token_id);
		this.populate_nodes(lattice);
		return lattice.tokens();
	}
	/**
	* Encodes an array of tokens using Unigram encoding.
	* @param tokens The tokens to encode.
	* @returns An array of encoded tokens.
	*/
	encode(tokens) {
		const to_return = [];
		for (const token of tokens) {
			const tokenized = this.tokenize(token);
			to_return.push(...tokenized);
		}
		return to_return;
	}
};
var Unigram_default = Unigram;
var PriorityQueue = class {
	/**
	* Create a new PriorityQueue.
	* @param comparator Comparator function to determine priority. Defaults to a MaxHeap.
	* @param max_size Maximum size of the queue. Defaults to Infinity.
	*/
	constructor(comparator = (a, b) => a > b, max_size = 1e400) {
		this._heap = [];
		this._comparator = comparator;
		this._max_size = max_size;
	}
	/**
	* The size of the queue
	*/
	get size() {
		return this._heap.length;
	}
	/**
	* Check if the queue is empty.
	* @returns `true` if the queue is empty, `false` otherwise.
	*/
	is_empty() {
		return this.size === 0;
	}
	/**
	* Return the element with the highest priority in the queue.
	* @returns The highest priority element in the queue.
	*/
	peek() {
		return this._heap[0];
	}
	/**
	* Add one or more elements to the queue.
	* @param values The values to push into the queue.
	* @returns The new size of the queue.
	*/
	push(...values) {
		return this.extend(values);
	}
	/**
	* Add multiple elements to the queue.
	* @param values The values to push into the queue.
	* @returns The new size of the queue.
	*/
	extend(values) {
		for (const value of values) if (this.size < this._max_size) {
			this._heap.push(value);
			this._sift_up();
		} else {
			const smallest = this._smallest();
			if (this._comparator(value, this._heap[smallest])) {
				this._heap[smallest] = value;
				this._sift_up_from(smallest);
			}
		}
		return this.size;
	}
	/**
	* Remove and return the element with the highest priority in the queue.
	* @returns The element with the highest priority in the queue.
	*/
	pop() {
		const popped_value = this.peek();
		const bottom = this.size - 1;
		if (bottom > 0) this._swap(0, bottom);
		this._heap.pop();
		this._sift_down();
		return popped_value;
	}
	/**
	* Replace the element with the highest priority in the queue with a new value.
	* @param value The new value.
	* @returns The replaced value.
	*/
	replace(value) {
		const replaced_value = this.peek();
		this._heap[0] = value;
		this._sift_down();
		return replaced_value;
	}
	/**
	* Compute the index for the parent of the node at index `i`.
	* @param i The index of the node to get the parent of.
	* @returns The index of the parent node.
	* @private
	*/
	_parent(i) {
		return (i + 1 >>> 1) - 1;
	}
	/**
	* Compute the index for the left child of the node at index `i`.
	* @param i The index of the node to get the left child of.
	* @returns The index of the left child.
	* @private
	*/
	_left(i) {
		return (i << 1) + 1;
	}
	/**
	* Compute the index for the right child of the node at index `i`.
	* @param i The index of the node to get the right child of.
	* @returns The index of the right child.
	* @private
	*/
	_right(i) {
		return i + 1 << 1;
	}
	/**
	* Check if the element at index `i` is greater than the element at index `j`.
	* @param i The index of the first element to compare.
	* @param j The index of the second element to compare.
	* @returns `true` if the element at index `i` is greater than the element at index `j`, `false` otherwise.
	* @private
	*/
	_greater(i, j) {
		return this._comparator(this._heap[i], this._heap[j]);
	}
	/**
	* Swap the elements at indices `i` and `j`.
	* @param i The index of the first element to swap.
	* @param j The index of the second element to swap.
	* @private
	*/
	_swap(i, j) {
		const temp = this._heap[i];
		this._heap[i] = this._heap[j];
		this._heap[j] = temp;
	}
	/**
	* Maintain the heap property by updating positions in the heap,
	* starting at the last element and moving up the heap.
	* @private
	*/
	_sift_up() {
		this._sift_up_from(this.size - 1);
	}
	/**
	* Helper function to sift up from a given node.
	* @param node The index of the node to start sifting up from.
	*/
	_sift_up_from(node) {
		while (node > 0 && this._greater(node, this._parent(node))) {
			this._swap(node, this._parent(node));
			node = this._parent(node);
		}
	}
	/**
	* Maintain the heap property by updating positions in the heap,
	* starting at the first element and moving down the heap.
	* @private
	*/
	_sift_down() {
		let node = 0;
		while (this._left(node) < this.size && this._greater(this._left(node), node) || this._right(node) < this.size && this._greater(this._right(node), node)) {
			const max_child = this._right(node) < this.size && this._greater(this._right(node), this._left(node)) ? this._right(node) : this._left(node);
			this._swap(node, max_child);
			node = max_child;
		}
	}
	/**
	* Get the index of the smallest element in the heap. Since we use an array-based heap,
	* the index can be computed without needing to traverse the heap.
	* @private
	*/
	_smallest() {
		return 2 ** Math.floor(Math.log2(this.size)) - 1;
	}
};
var PriorityQueue_default = PriorityQueue;
var LRUCache = class {
	/**
	* Creates an LRUCache instance.
	* @param capacity The maximum number of items the cache can hold.
	*/
	constructor(capacity) {
		this.capacity = capacity;
		this.cache = /* @__PURE__ */ new Map();
	}
	/**
	* Retrieves the value associated with the given key and marks the key as recently used.
	* @param key The key to retrieve.
	* @returns The value associated with the key, or undefined if the key does not exist.
	*/
	get(key) {
		if (!this.cache.has(key)) return void 0;
		const value = this.cache.get(key);
		this.cache.delete(key);
		this.cache.set(key, value);
		return value;
	}
	/**
	* Inserts or updates the key-value pair in the cache.
	* If the key already exists, it is updated and marked as recently used.
	* If the cache exceeds its capacity, the least recently used item is evicted.
	* @param key The key to add or update.
	* @param value The value to associate with the key.
	*/
	put(key, value) {
		if (this.cache.has(key)) this.cache.delete(key);
		this.cache.set(key, value);
		if (this.cache.size > this.capacity) this.cache.delete(this.cache.keys().next().value);
	}
	/**
	* Clears the cache.
	*/
	clear() {
		this.cache.clear();
	}
};
var LRUCache_default = LRUCache;
var BPE = class extends TokenizerModel_default {
	/**
	* Create a BPE instance.
	* @param config The configuration object for BPE.
	*/
	constructor(config) {
		super(config);
		this.tokens_to_ids = object_to_map(config.vocab);
		this.unk_token_id = this.tokens_to_ids.get(config.unk_token);
		this.unk_token = config.unk_token;
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
		const use_new_merge_format = Array.isArray(config.merges[0]);
		this.merges = use_new_merge_format ? config.merges : config.merges.map((x) => x.split(" ", 2));
		this.bpe_ranks = new Map(this.merges.map((x, i) => [JSON.stringify(x), i]));
		this.end_of_word_suffix = config.end_of_word_suffix;
		this.continuing_subword_suffix = config.continuing_subword_suffix ?? null;
		this.byte_fallback = this.config.byte_fallback ?? false;
		if (this.byte_fallback) this.text_encoder = new TextEncoder();
		this.ignore_merges = this.config.ignore_merges ?? false;
		this.max_length_to_cache = 256;
		this.cache_capacity = 1e4;
		this.cache = new LRUCache_default(this.cache_capacity);
	}
	/**
	* Clears the cache.
	*/
	clear_cache() {
		this.cache.clear();
	}
	/**
	* Apply Byte-Pair-Encoding (BPE) to a given token. Efficient heap-based priority
	* queue implementation adapted from https://github.com/belladoreai/llama-tokenizer-js.
	* @param token The token to encode.
	* @returns The BPE encoded tokens.
	*/
	bpe(token) {
		if (token.length === 0) return [];
		const cached = this.cache.get(token);
		if (cached !== void 0) return cached;
		const word = Array.from(token);
		if (this.end_of_word_suffix) word[word.length - 1] += this.end_of_word_suffix;
		let result = [];
		if (word.length > 1) {
			const queue = new PriorityQueue_default((a, b) => a.score < b.score);
			let starting_node = {
				token: word[0],
				bias: 0,
				prev: null,
				next: null
			};
			let previous_node = starting_node;
			for (let i = 1; i < word.length; ++i) {
				const current_node = {
					bias: i / word.length,
					token: word[i],
					prev: previous_node,
					next: null
				};
				previous_node.next = current_node;
				this.add_node(queue, previous_node);
				previous_node = current_node;
			}
			while (!queue.is_empty()) {
				const node = queue.pop();
				if (node.deleted || !node.next || node.next.deleted) continue;
				node.deleted = true;
				node.next.deleted = true;
				if (node.prev) {
					const new_previous_node = { ...node.prev };
					node.prev.deleted = true;
					node.prev = new_previous_node;
					if (new_previous_node.prev) new_previous_node.prev.next = new_previous_node;
					else starting_node = new_previous_node;
				}
				const merged = {
					token: node.token + node.next.token,
					bias: node.bias,
					prev: node.prev,
					next: node.next.next
				};
				if (merged.prev) {
					merged.prev.next = merged;
					this.add_node(queue, merged.prev);
				} else starting_node = merged;
				if (merged.next) {
					merged.next.prev = merged;
					this.add_node(queue, merged);
				}
			}
			for (let current_node = starting_node; current_node !== null; current_node = current_node.next) result.push(current_node.token);
		} else result = word;
		if (this.continuing_subword_suffix) for (let i = 0; i < result.length - 1; ++i) result[i] += this.continuing_subword_suffix;
		if (token.length < this.max_length_to_cache) this.cache.put(token, result);
		return result;
	}
	/**
	* Helper function to add a node to the priority queue.
	* @param queue
	* @param node
	*/
	add_node(queue, node) {
		const rank = this.bpe_ranks.get(JSON.stringify([node.token, node.next.token]));
		if (rank !== void 0) {
			node.score = rank + node.bias;
			queue.push(node);
		}
	}
	/**
	* Encodes the input sequence of tokens using the BPE algorithm and returns the resulting subword tokens.
	* @param tokens The input sequence of tokens to encode.
	* @returns The resulting subword tokens after applying the BPE algorithm to the input sequence of tokens.
	*/
	encode(tokens) {
		const output_tokens = [];
		for (const token of tokens) {
			if (this.ignore_merges && this.tokens_to_ids.has(token)) {
				output_tokens.push(token);
				continue;
			}
			const bpe_token_list = this.bpe(token);
			for (const t of bpe_token_list) if (this.tokens_to_ids.has(t)) output_tokens.push(t);
			else if (this.byte_fallback) {
				const byte_tokens = Array.from(this.text_encoder.encode(t)).map((x) => `<0x${x.toString(16).toUpperCase().padStart(2, "0")}>`);
				if (byte_tokens.every((x) => this.tokens_to_ids.has(x))) output_tokens.push(...byte_tokens);
				else if (this.unk_token != null) output_tokens.push(this.unk_token);
			} else if (this.unk_token != null) output_tokens.push(this.unk_token);
		}
		return output_tokens;
	}
};
var BPE_default = BPE;
var Legacy = class extends TokenizerModel_default {
	/**
	* Create a Legacy tokenizer model instance.
	* @param config The configuration object for Legacy tokenizer model.
	* @param more_config Additional configuration object for the Legacy tokenizer model.
	*/
	constructor(config, more_config) {
		super(config);
		const vocab = config.vocab;
		this.tokens_to_ids = object_to_map(more_config.target_lang ? vocab[more_config.target_lang] : vocab);
		this.bos_token = more_config.bos_token;
		this.bos_token_id = this.tokens_to_ids.get(this.bos_token);
		this.eos_token = more_config.eos_token;
		this.eos_token_id = this.tokens_to_ids.get(this.eos_token);
		this.pad_token = more_config.pad_token;
		this.pad_token_id = this.tokens_to_ids.get(this.pad_token);
		this.unk_token = more_config.unk_token;
		this.unk_token_id = this.tokens_to_ids.get(this.unk_token);
		this.vocab = new Array(this.tokens_to_ids.size);
		for (const [key, value] of this.tokens_to_ids) this.vocab[value] = key;
	}
	encode(tokens) {
		return tokens;
	}
};
var Legacy_default = Legacy;
function create_tokenizer_model(model_config, config) {
	switch (model_config.type) {
		case "WordPiece": return new WordPiece_default(model_config);
		case "Unigram": return new Unigram_default(model_config, config.eos_token);
		case "BPE": return new BPE_default(model_config);
		default:
			if (model_config.vocab) {
				if (Array.isArray(model_config.vocab)) return new Unigram_default(model_config, config.eos_token);
				else if (Object.hasOwn(model_config, "continuing_subword_prefix") && Object.hasOwn(model_config, "unk_token")) {
					if (Object.hasOwn(model_config, "merges")) return new BPE_default(model_config);
					else return new WordPiece_default(model_config);
				} else return new Legacy_default(model_config, {
					target_lang: config.target_lang,
					bos_token: config.bos_token,
					eos_token: config.eos_token,
					pad_token: config.pad_token,
					unk_token: config.unk_token
				});
			}
			throw new Error(`Unknown TokenizerModel type: ${model_config?.type}`);
	}
}
var create_tokenizer_model_default = create_tokenizer_model;
var PostProcessor = class extends Callable_default {
	/**
	* @param config The configuration for the post-processor.
	*/
	constructor(config) {
		super();
		this.config = config;
	}
	/**
	* Alias for {@link PostProcessor#post_process}.
	* @param tokens The text or array of texts to post-process.
	* @param args Additional arguments required by the post-processing logic.
	* @returns The post-processed tokens.
	*/
	_call(tokens, ...args) {
		return this.post_process(tokens, ...args);
	}
};
var PostProcessor_default = PostProcessor;
var TemplateProcessing = class extends PostProcessor_default {
	/**
	* Replaces special tokens in the template with actual tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns An object containing the list of tokens with the special tokens replaced with actual tokens.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		const type = tokens_pair === null ? this.config.single : this.config.pair;
		let processed_tokens = [];
		let types = [];
		for (const item of type) if ("SpecialToken" in item) {
			if (add_special_tokens) {
				processed_tokens.push(item.SpecialToken.id);
				types.push(item.SpecialToken.type_id);
			}
		} else if ("Sequence" in item) {
			if (item.Sequence.id === "A") {
				processed_tokens = merge_arrays(processed_tokens, tokens);
				types = merge_arrays(types, new Array(tokens.length).fill(item.Sequence.type_id));
			} else if (item.Sequence.id === "B") {
				processed_tokens = merge_arrays(processed_tokens, tokens_pair);
				types = merge_arrays(types, new Array(tokens_pair.length).fill(item.Sequence.type_id));
			}
		}
		return {
			tokens: processed_tokens,
			token_type_ids: types
		};
	}
};
var TemplateProcessing_default = TemplateProcessing;
var ByteLevel2 = class extends PostProcessor_default {
	/**
	* Post process the given tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @returns An object containing the post-processed tokens.
	*/
	post_process(tokens, tokens_pair = null) {
		return {
			tokens,
			tokens_pair
		};
	}
};
var ByteLevel_default2 = ByteLevel2;
var BertProcessing = class extends PostProcessor_default {
	/**
	* @param config The configuration for the post-processor.
	* @param config.cls The special tokens to add to the beginning of the input.
	* @param config.sep The special tokens to add to the end of the input.
	*/
	constructor(config) {
		super(config);
		this.sep = config.sep;
		this.cls = config.cls;
	}
	/**
	* Adds the special tokens to the beginning and end of the input.
	* @param tokens The input tokens.
	* @param tokens_pair An optional second set of input tokens.
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns The post-processed tokens with the special tokens added to the beginning and end.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		if (add_special_tokens) tokens = merge_arrays([this.cls[0]], tokens, [this.sep[0]]);
		let token_type_ids = new Array(tokens.length).fill(0);
		if (tokens_pair) {
			const middle = [];
			const after = add_special_tokens ? [this.sep[0]] : [];
			tokens = merge_arrays(tokens, middle, tokens_pair, after);
			token_type_ids = merge_arrays(token_type_ids, new Array(tokens_pair.length + middle.length + after.length).fill(1));
		}
		return {
			tokens,
			token_type_ids
		};
	}
};
var BertProcessing_default = BertProcessing;
var RobertaProcessing = class extends PostProcessor_default {
	/**
	* @param config The configuration for the post-processor.
	* @param config.cls The special tokens to add to the beginning of the input.
	* @param config.sep The special tokens to add to the end of the input.
	*/
	constructor(config) {
		super(config);
		this.sep = config.sep;
		this.cls = config.cls;
	}
	/**
	* Adds the special tokens to the beginning and end of the input.
	* @param tokens The input tokens.
	* @param tokens_pair An optional second set of input tokens.
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns The post-processed tokens with the special tokens added to the beginning and end.
	*/
	post_process(tokens, tokens_pair, add_special_tokens = true) {
		if (add_special_tokens) tokens = merge_arrays([this.cls[0]], tokens, [this.sep[0]]);
		let token_type_ids = new Array(tokens.length).fill(0);
		if (tokens_pair) {
			const middle = add_special_tokens ? [this.sep[0]] : [];
			const after = add_special_tokens ? [this.sep[0]] : [];
			tokens = merge_arrays(tokens, middle, tokens_pair, after);
			token_type_ids = merge_arrays(token_type_ids, new Array(tokens_pair.length + middle.length + after.length).fill(1));
		}
		return {
			tokens,
			token_type_ids
		};
	}
};
var RobertaProcessing_default = RobertaProcessing;
var Sequence3 = class extends PostProcessor_default {
	/**
	* Creates a new instance of Sequence post-processor.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.processors = (config.processors ?? []).map((x) => create_post_processor_default(x));
	}
	/**
	* Post process the given tokens.
	* @param tokens The list of tokens for the first sequence.
	* @param tokens_pair The list of tokens for the second sequence (optional).
	* @param add_special_tokens Whether to add the special tokens to the beginning and end of the input.
	* @returns An object containing the post-processed tokens.
	*/
	post_process(tokens, tokens_pair = null, add_special_tokens = true) {
		let processed_tokens = {
			tokens,
			tokens_pair
		};
		for (const processor of this.processors) processed_tokens = processor.post_process(processed_tokens.tokens, processed_tokens.tokens_pair, add_special_tokens);
		return processed_tokens;
	}
};
var Sequence_default3 = Sequence3;
function create_post_processor(config) {
	if (config === null) return null;
	switch (config.type) {
		case "TemplateProcessing": return new TemplateProcessing_default(config);
		case "ByteLevel": return new ByteLevel_default2(config);
		case "BertProcessing": return new BertProcessing_default(config);
		case "RobertaProcessing": return new RobertaProcessing_default(config);
		case "Sequence": return new Sequence_default3(config);
		default: throw new Error(`Unknown PostProcessor type: ${config.type}`);
	}
}
var create_post_processor_default = create_post_processor;
var Decoder = class extends Callable_default {
	/**
	* Creates an instance of `Decoder`.
	* @param config The configuration object.
	**/
	constructor(config) {
		super();
		this.config = config;
		this.added_tokens = [];
		this.end_of_word_suffix = null;
		this.trim_offsets = "trim_offsets" in config ? config.trim_offsets : false;
	}
	/**
	* Calls the `decode` method.
	*
	* @param tokens The list of tokens.
	* @returns The decoded string.
	*/
	_call(tokens) {
		return this.decode(tokens);
	}
	/**
	* Decodes a list of tokens.
	* @param tokens The list of tokens.
	* @returns The decoded string.
	*/
	decode(tokens) {
		return this.decode_chain(tokens).join("");
	}
};
var Decoder_default = Decoder;
var ByteLevel3 = class extends Decoder_default {
	/**
	* Create a `ByteLevelDecoder` object.
	*/
	constructor(config) {
		super(config);
		this.byte_decoder = UNICODE_TO_BYTES;
		this.text_decoder = new TextDecoder("utf-8", {
			fatal: false,
			ignoreBOM: true
		});
		this.end_of_word_suffix = null;
	}
	/**
	* Convert an array of tokens to string by decoding each byte.
	* @param tokens Array of tokens to be decoded.
	* @returns The decoded string.
	*/
	convert_tokens_to_string(tokens) {
		const text = tokens.join("");
		const byte_array = new Uint8Array([...text].map((c) => this.byte_decoder[c]));
		return this.text_decoder.decode(byte_array);
	}
	decode_chain(tokens) {
		const sub_texts = [];
		let current_sub_text = [];
		for (const token of tokens) if (this.added_tokens.find((x) => x.content === token) !== void 0) {
			if (current_sub_text.length > 0) {
				sub_texts.push(this.convert_tokens_to_string(current_sub_text));
				current_sub_text = [];
			}
			sub_texts.push(token);
		} else current_sub_text.push(token);
		if (current_sub_text.length > 0) sub_texts.push(this.convert_tokens_to_string(current_sub_text));
		return sub_texts;
	}
};
var ByteLevel_default3 = ByteLevel3;
var WordPiece = class extends Decoder_default {
	/**
	* Creates a new instance of WordPieceDecoder.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.cleanup = config.cleanup;
	}
	decode_chain(tokens) {
		return tokens.map((token, i) => {
			if (i !== 0) {
				const prefix = this.config.prefix;
				if (prefix && token.startsWith(prefix)) token = token.replace(prefix, "");
				else token = " " + token;
			}
			if (this.cleanup) token = clean_up_tokenization(token);
			return token;
		});
	}
};
var WordPiece_default2 = WordPiece;
var Metaspace2 = class extends Decoder_default {
	/**
	* Constructs a new MetaspaceDecoder object.
	* @param config The configuration object for the MetaspaceDecoder.
	*/
	constructor(config) {
		super(config);
		this.replacement = config.replacement ?? "▁";
	}
	decode_chain(tokens) {
		const result = [];
		for (let i = 0; i < tokens.length; ++i) {
			let normalized = tokens[i].replaceAll(this.replacement, " ");
			if (i == 0 && normalized.startsWith(" ")) normalized = normalized.substring(1);
			result.push(normalized);
		}
		return result;
	}
};
var Metaspace_default2 = Metaspace2;
var BPE2 = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.suffix = config.suffix ?? "";
	}
	decode_chain(tokens) {
		return tokens.map((token, i) => {
			return token.replaceAll(this.suffix, i === tokens.length - 1 ? "" : " ");
		});
	}
};
var BPE_default2 = BPE2;
var CTC = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.pad_token = config.pad_token ?? "";
		this.word_delimiter_token = config.word_delimiter_token ?? "";
		this.cleanup = config.cleanup;
	}
	/**
	* Converts a connectionist-temporal-classification (CTC) output tokens into a single string.
	* @param tokens Array of tokens to be decoded.
	* @returns The decoded string.
	*/
	convert_tokens_to_string(tokens) {
		if (tokens.length === 0) return "";
		const grouped_tokens = [tokens[0]];
		for (let i = 1; i < tokens.length; ++i) if (tokens[i] !== grouped_tokens.at(-1)) grouped_tokens.push(tokens[i]);
		let text = grouped_tokens.filter((token) => token !== this.pad_token).join("");
		if (this.cleanup) text = clean_up_tokenization(text).replaceAll(this.word_delimiter_token, " ").trim();
		return text;
	}
	decode_chain(tokens) {
		return [this.convert_tokens_to_string(tokens)];
	}
};
var CTC_default = CTC;
var Sequence4 = class extends Decoder_default {
	/**
	* Creates a new instance of DecoderSequence.
	* @param config The configuration object.
	*/
	constructor(config) {
		super(config);
		this.decoders = (config.decoders ?? []).map((x) => create_decoder_default(x));
	}
	decode_chain(tokens) {
		return this.decoders.reduce((toks, decoder) => {
			return decoder.decode_chain(toks);
		}, tokens);
	}
};
var Sequence_default4 = Sequence4;
var Replace3 = class extends Decoder_default {
	/**
	* @param config The configuration object for the decoder.
	*/
	constructor(config) {
		super(config);
		this.pattern = create_pattern(this.config.pattern);
	}
	decode_chain(tokens) {
		const content = this.config.content ?? "";
		const pattern = this.pattern;
		return pattern === null ? tokens : tokens.map((token) => token.replaceAll(pattern, content));
	}
};
var Replace_default3 = Replace3;
var Fuse = class extends Decoder_default {
	decode_chain(tokens) {
		return [tokens.join("")];
	}
};
var Fuse_default = Fuse;
var Strip2 = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.content = config.content ?? "";
		this.start = config.start ?? 0;
		this.stop = config.stop ?? 0;
	}
	decode_chain(tokens) {
		return tokens.map((token) => {
			let start_cut = 0;
			for (let i = 0; i < this.start; ++i) if (token[i] === this.content) {
				start_cut = i + 1;
				continue;
			} else break;
			let stop_cut = token.length;
			for (let i = 0; i < this.stop; ++i) {
				const index = token.length - i - 1;
				if (token[index] === this.content) {
					stop_cut = index;
					continue;
				} else break;
			}
			return token.slice(start_cut, stop_cut);
		});
	}
};
var Strip_default2 = Strip2;
var ByteFallback = class extends Decoder_default {
	constructor(config) {
		super(config);
		this.text_decoder = new TextDecoder();
	}
	decode_chain(tokens) {
		const new_tokens = [];
		let previous_byte_tokens = [];
		for (const token of tokens) {
			let bytes = null;
			if (token.length === 6 && token.startsWith("<0x") && token.endsWith(">")) {
				const byte = parseInt(token.slice(3, 5), 16);
				if (!isNaN(byte)) bytes = byte;
			}
			if (bytes !== null) previous_byte_tokens.push(bytes);
			else {
				if (previous_byte_tokens.length > 0) {
					const string = this.text_decoder.decode(Uint8Array.from(previous_byte_tokens));
					new_tokens.push(string);
					previous_byte_tokens = [];
				}
				new_tokens.push(token);
			}
		}
		if (previous_byte_tokens.length > 0) {
			const string = this.text_decoder.decode(Uint8Array.from(previous_byte_tokens));
			new_tokens.push(string);
			previous_byte_tokens = [];
		}
		return new_tokens;
	}
};
var ByteFallback_default = ByteFallback;
function create_decoder(config) {
	if (config === null) return null;
	switch (config.type) {
		case "ByteLevel": return new ByteLevel_default3(config);
		case "WordPiece": return new WordPiece_default2(config);
		case "Metaspace": return new Metaspace_default2(config);
		case "BPEDecoder": return new BPE_default2(config);
		case "CTC": return new CTC_default(config);
		case "Sequence": return new Sequence_default4(config);
		case "Replace": return new Replace_default3(config);
		case "Fuse": return new Fuse_default(config);
		case "Strip": return new Strip_default2(config);
		case "ByteFallback": return new ByteFallback_default(config);
		default: throw new Error(`Unknown Decoder type: ${config.type}`);
	}
}
var create_decoder_default = create_decoder;
var Tokenizer = class {
	constructor(tokenizer, config) {
		const tokenizer_error = validate_object(tokenizer, "Tokenizer", [
			"model",
			"decoder",
			"post_processor",
			"pre_tokenizer",
			"normalizer"
		]);
		if (tokenizer_error) throw new Error(tokenizer_error);
		const config_error = validate_object(config, "Config");
		if (config_error) throw new Error(config_error);
		this.tokenizer = tokenizer;
		this.config = config;
		this.normalizer = create_normalizer_default(this.tokenizer.normalizer);
		this.pre_tokenizer = create_pre_tokenizer_default(this.tokenizer.pre_tokenizer);
		this.model = create_tokenizer_model_default(this.tokenizer.model, this.config);
		this.post_processor = create_post_processor_default(this.tokenizer.post_processor);
		this.decoder = create_decoder_default(this.tokenizer.decoder);
		this.special_tokens = [];
		this.all_special_ids = [];
		this.added_tokens = [];
		const unnormalized_contents = [];
		const normalized_contents = [];
		this.added_tokens_map = /* @__PURE__ */ new Map();
		for (const added_token of this.tokenizer.added_tokens) {
			const token = new AddedToken_default(added_token);
			this.added_tokens.push(token);
			this.model.tokens_to_ids.set(token.content, token.id);
			this.model.vocab[token.id] = token.content;
			if (token.special) {
				this.special_tokens.push(token.content);
				this.all_special_ids.push(token.id);
			}
			this.added_tokens_map.set(token.content, token);
			if (token.normalized && this.normalizer !== null) {
				const normalized_content = this.normalizer(token.content);
				normalized_contents.push(normalized_content);
				this.added_tokens_map.set(normalized_content, token);
			} else unnormalized_contents.push(token.content);
		}
		(this.config.additional_special_tokens ?? []).forEach((token) => {
			if (!this.special_tokens.includes(token)) this.special_tokens.push(token);
		});
		if (this.decoder) {
			this.decoder.added_tokens = this.added_tokens;
			this.decoder.end_of_word_suffix = this.model.end_of_word_suffix;
		}
		this.splitter_unnormalized = new DictionarySplitter_default(unnormalized_contents);
		this.splitter_normalized = new DictionarySplitter_default(normalized_contents);
		this.remove_space = this.config.remove_space;
		this.clean_up_tokenization_spaces = this.config.clean_up_tokenization_spaces ?? true;
		this.do_lowercase_and_remove_accent = this.config.do_lowercase_and_remove_accent ?? false;
	}
	encode(text, { text_pair = null, add_special_tokens = true, return_token_type_ids = null } = {}) {
		const { tokens, token_type_ids } = this.tokenize_helper(text, {
			text_pair,
			add_special_tokens
		});
		const input_ids = tokens.map((t) => this.added_tokens_map.get(t)?.id ?? this.model.tokens_to_ids.get(t) ?? this.model.unk_token_id);
		const result = {
			ids: input_ids,
			tokens,
			attention_mask: new Array(input_ids.length).fill(1)
		};
		if (return_token_type_ids && token_type_ids) result.token_type_ids = token_type_ids;
		return result;
	}
	decode(token_ids, options = {}) {
		if (!Array.isArray(token_ids) || token_ids.length === 0 || !is_integral_number(token_ids[0])) throw Error("token_ids must be a non-empty array of integers.");
		let tokens = token_ids.map((i) => this.model.vocab[Number(i)] ?? this.model.unk_token);
		if (options.skip_special_tokens) tokens = tokens.filter((x) => !this.special_tokens.includes(x));
		let decoded = this.decoder ? this.decoder(tokens) : tokens.join(" ");
		if (this.decoder && this.decoder.end_of_word_suffix) {
			decoded = decoded.replaceAll(this.decoder.end_of_word_suffix, " ");
			if (options.skip_special_tokens) decoded = decoded.trim();
		}
		if (options.clean_up_tokenization_spaces ?? this.clean_up_tokenization_spaces) decoded = clean_up_tokenization(decoded);
		return decoded;
	}
	/**
	* Converts a string into a sequence of tokens.
	* @param text The sequence to be encoded.
	* @param options An optional object containing the following properties:
	* @returns The list of tokens.
	*/
	tokenize(text, { text_pair = null, add_special_tokens = false } = {}) {
		return this.tokenize_helper(text, {
			text_pair,
			add_special_tokens
		}).tokens;
	}
	encode_text(text) {
		if (text === null) return null;
		const sections = this.splitter_unnormalized.split(text);
		sections.forEach((section, i) => {
			const added_token = this.added_tokens_map.get(section);
			if (added_token) {
				if (added_token.lstrip && i > 0) sections[i - 1] = sections[i - 1].trimEnd();
				if (added_token.rstrip && i < sections.length - 1) sections[i + 1] = sections[i + 1].trimStart();
			}
		});
		return sections.flatMap((processed_text, section_index) => {
			if (processed_text.length === 0) return [];
			if (this.added_tokens_map.has(processed_text)) return [processed_text];
			if (this.remove_space === true) processed_text = processed_text.trim().split(/\s+/).join(" ");
			if (this.do_lowercase_and_remove_accent) processed_text = lowercase_and_remove_accents(processed_text);
			if (this.normalizer !== null) processed_text = this.normalizer(processed_text);
			if (processed_text.length === 0) return [];
			const subsections = this.splitter_normalized.split(processed_text);
			subsections.forEach((subsection, j) => {
				const added_token = this.added_tokens_map.get(subsection);
				if (added_token) {
					if (added_token.lstrip && j > 0) subsections[j - 1] = subsections[j - 1].trimEnd();
					if (added_token.rstrip && j < subsections.length - 1) subsections[j + 1] = subsections[j + 1].trimStart();
				}
			});
			return subsections.flatMap((subsection) => {
				if (subsection.length === 0) return [];
				if (this.added_tokens_map.has(subsection)) return [subsection];
				const section_tokens = this.pre_tokenizer !== null ? this.pre_tokenizer(subsection, { section_index }) : [subsection];
				return this.model(section_tokens);
			});
		});
	}
	tokenize_helper(text, { text_pair = null, add_special_tokens = true }) {
		const tokens1 = this.encode_text(text);
		const tokens2 = this.encode_text(text_pair || null);
		return this.post_processor ? this.post_processor(tokens1, tokens2, add_special_tokens) : { tokens: merge_arrays(tokens1 ?? [], tokens2 ?? []) };
	}
	/**
	* Converts a token string to its corresponding token ID.
	* @param token The token string to convert.
	* @returns The token ID, or undefined if the token is not in the vocabulary.
	*/
	token_to_id(token) {
		return this.model.tokens_to_ids.get(token);
	}
	/**
	* Converts a token ID to its corresponding token string.
	* @param id The token ID to convert.
	* @returns The token string, or undefined if the ID is not in the vocabulary.
	*/
	id_to_token(id) {
		return this.model.vocab[id];
	}
	/**
	* Returns a mapping of token IDs to AddedToken objects for all added tokens.
	* @returns A Map where keys are token IDs and values are AddedToken objects.
	*/
	get_added_tokens_decoder() {
		const decoder = /* @__PURE__ */ new Map();
		for (const token of this.added_tokens) decoder.set(token.id, token);
		return decoder;
	}
	/**
	* Get the underlying vocabulary
	* @param with_added_tokens Whether to include the added tokens
	* @returns The vocabulary
	*/
	get_vocab(with_added_tokens = true) {
		const vocab = /* @__PURE__ */ new Map();
		for (let i = 0; i < this.model.vocab.length; ++i) {
			const token = this.model.vocab[i];
			if (with_added_tokens || !this.added_tokens_map.has(token)) vocab.set(token, i);
		}
		return vocab;
	}
};
var Tokenizer_default = Tokenizer;
// src/corpus/tokenizers/chat-source.ts
/** @file Where a tokenizer keeps its chat template: chat_template.jinja, or in tokenizer_config.json. */
const TEMPLATE_FILE = "chat_template.jinja";
const MOST_BYTES = 2 ** 20;
/** Errors: those of reading. */
async function readChatSource(files, config) {
	const own = files.has(TEMPLATE_FILE) ? await textOf$1(files, TEMPLATE_FILE) : null;
	const tokens = Object.entries(config).flatMap(([key, value]) => {
		const token = isJsonObject(value) ? value.content : value;
		return key.endsWith("_token") && typeof token === "string" ? [[key, token]] : [];
	});
	return {
		name: files.spec,
		template: own ?? templateIn(config.chat_template),
		tokens: Object.fromEntries(tokens)
	};
}
/** One template, or several by name, of which "default" is the plain one. */
function templateIn(value) {
	if (typeof value === "string") return value;
	const plain = (Array.isArray(value) ? value : []).find((one) => isJsonObject(one) && one.name === "default");
	return isJsonObject(plain) && typeof plain.template === "string" ? plain.template : null;
}
async function textOf$1(files, name) {
	const source = await files.open(name);
	try {
		return new TextDecoder().decode(await source.read(0, Math.min(source.byteLength, MOST_BYTES)));
	} finally {
		await source.close();
	}
}
// src/corpus/tokenizers/token-text.ts
function tokenText(pieces, spelling) {
	return (ids) => {
		const bytes = [];
		for (const id of ids) for (const byte of bytesOf$1(pieces.get(id) ?? `#${id}`, spelling)) bytes.push(byte);
		return new TextDecoder().decode(Uint8Array.from(bytes));
	};
}
const utf8 = (text) => new TextEncoder().encode(text);
function bytesOf$1(piece, spelling) {
	if (spelling === "byte-level") {
		const bytes = [...piece].map((letter) => LETTERS$1.get(letter));
		return bytes.every((byte) => byte !== void 0) ? bytes : utf8(piece);
	}
	if (spelling === "wordpiece") return utf8(piece.startsWith("##") ? piece.slice(2) : ` ${piece}`);
	const byte = /^<0x([0-9A-F]{2})>$/.exec(piece)?.[1];
	return byte === void 0 ? utf8(piece.replaceAll("▁", " ")) : [Number.parseInt(byte, 16)];
}
/** The letter of each byte: itself where it can be printed, else the next from U+0100 on (GPT-2's `bytes_to_unicode`). */
const LETTERS$1 = (() => {
	const isShown = (byte) => byte > 32 && byte < 127 || byte > 160 && byte < 256 && byte !== 173;
	let next = 256;
	return new Map(Array.from({ length: 256 }, (_, byte) => [String.fromCharCode(isShown(byte) ? byte : next++), byte]));
})();
const encoder = new TextEncoder();
const decoder = new TextDecoder();
var Normalizer = class {
	#rules;
	#trie;
	#strings;
	#isProtected;
	constructor(rules, isProtected) {
		this.#rules = rules;
		this.#isProtected = isProtected;
		const { charsMap } = rules;
		const view = new DataView(charsMap.buffer, charsMap.byteOffset, charsMap.byteLength);
		const bytes = charsMap.byteLength < 4 ? 0 : Math.min(view.getUint32(0, true), charsMap.byteLength - 4);
		this.#trie = Uint32Array.from({ length: bytes >> 2 }, (_, i) => view.getUint32(4 + 4 * i, true));
		this.#strings = charsMap.subarray(4 + bytes);
	}
	normalize(text) {
		const { removeExtraWhitespaces: gathers, escapeWhitespaces, addDummyPrefix, whitespaceAsSuffix } = this.#rules;
		const space = escapeWhitespaces ? "▁" : " ";
		const parts = [];
		let [at, afterSpace] = [0, gathers];
		while (gathers && at < text.length) {
			const { made, length } = this.#prefix(text, at);
			if (made !== " ") break;
			at += length;
		}
		if (at >= text.length) return "";
		if (addDummyPrefix && !whitespaceAsSuffix) parts.push(space);
		while (at < text.length) {
			const { made, length } = this.#prefix(text, at);
			const kept = afterSpace ? made.replace(/^ +/, "") : made;
			if (kept !== "") {
				parts.push(escapeWhitespaces ? kept.replaceAll(" ", "▁") : kept);
				afterSpace = kept.endsWith(" ");
			}
			at += length;
			if (!gathers) afterSpace = false;
		}
		const joined = parts.join("");
		const trimmed = gathers ? withoutEnd(joined, space) : joined;
		return addDummyPrefix && whitespaceAsSuffix ? trimmed + space : trimmed;
	}
	/** What the beginning of the rest becomes, and how many units of the text that is. */
	#prefix(text, at) {
		const kept = this.#isProtected(text, at);
		if (kept !== null) return {
			made: kept,
			length: kept.length
		};
		const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
		return this.#known(text, at) ?? {
			made: /\p{Surrogate}/u.test(character) ? "�" : character,
			length: character.length
		};
	}
	/** The longest prefix that the table knows. */
	#known(text, start) {
		const trie = this.#trie;
		if (trie.length === 0) return null;
		let node = offset(trie[0] ?? 0);
		let found = null;
		for (let at = start; at < text.length;) {
			const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
			at += character.length;
			for (const byte of encoder.encode(character)) {
				node ^= byte;
				const unit = trie[node] ?? 0;
				if ((unit & 2147483903) >>> 0 !== byte) return this.#made(found);
				node ^= offset(unit);
				if ((unit >>> 8 & 1) === 1) found = {
					value: (trie[node] ?? 0) & 2147483647,
					length: at - start
				};
			}
		}
		return this.#made(found);
	}
	#made(found) {
		if (found === null) return null;
		const end = this.#strings.indexOf(0, found.value);
		const bytes = this.#strings.subarray(found.value, end < 0 ? found.value : end);
		return {
			made: decoder.decode(bytes),
			length: found.length
		};
	}
};
/** Of a unit of the double array. */
function offset(unit) {
	return unit >>> 10 << ((unit & 512) >>> 6);
}
function withoutEnd(text, space) {
	let end = text.length;
	while (end > 0 && text[end - 1] === space) end--;
	return text.slice(0, end);
}
// src/corpus/sentencepiece/encoder.ts
/** What an unknown character costs below the worst piece. */
const UNKNOWN_PENALTY = 10;
var SentencePieceEncoder = class {
	#model;
	#pieces = /* @__PURE__ */ new Map();
	#bytes = /* @__PURE__ */ new Map();
	#normalizer;
	#user;
	/** Code points of the longest piece. */
	#longest;
	/** The least and the highest of the normal pieces. */
	#scores;
	constructor(model) {
		this.#model = model;
		for (const [id, { text, score, kind }] of model.pieces.entries()) {
			if (kind === "byte") this.#bytes.set(text, id);
			if (kind === "normal" || kind === "user" || kind === "unused") this.#pieces.set(text, {
				id,
				score,
				kind
			});
		}
		this.#longest = [...this.#pieces.keys()].reduce((most, text) => Math.max(most, [...text].length), 1);
		const scores = model.pieces.flatMap(({ kind, score }) => kind === "normal" ? [score] : []);
		this.#scores = [scores.reduce((a, b) => Math.min(a, b), 0), scores.reduce((a, b) => Math.max(a, b), -1e9)];
		this.#user = userMatcher([...this.#pieces].flatMap(([text, { kind }]) => kind === "user" ? [text] : []));
		this.#normalizer = new Normalizer(model.normalizer, this.#user);
	}
	encode(text) {
		const normalized = this.#normalizer.normalize(text);
		const segments = this.#model.type === "bpe" ? this.#joined(normalized) : this.#bestPath(normalized);
		const ids = [];
		let wasUnknown = false;
		for (const { text: run, piece } of segments) {
			if (piece !== null) ids.push(piece.id);
			else if (this.#model.byteFallback) ids.push(...this.#byteIds(run));
			else if (!wasUnknown) ids.push(this.#model.unknownId);
			wasUnknown = piece === null;
		}
		return Int32Array.from(ids);
	}
	#byteIds(run) {
		return [...new TextEncoder().encode(run)].map((byte) => {
			const name = `<0x${byte.toString(16).toUpperCase().padStart(2, "0")}>`;
			return this.#bytes.get(name) ?? this.#model.unknownId;
		});
	}
	/** Characters, with user-defined pieces whole. */
	#characters(text) {
		const found = [];
		for (let at = 0; at < text.length;) {
			const run = this.#user(text, at) ?? String.fromCodePoint(text.codePointAt(at) ?? 0);
			found.push(run);
			at += run.length;
		}
		return found;
	}
	#joined(text) {
		const runs = [...this.#characters(text)];
		const frozen = runs.map((run) => run !== null && this.#pieces.get(run)?.kind === "user");
		const previous = Int32Array.from(runs, (_, i) => i - 1);
		const next = Int32Array.from(runs, (_, i) => i + 1 < runs.length ? i + 1 : -1);
		const agenda = new Agenda();
		const parts = /* @__PURE__ */ new Map();
		const offer = (left, right) => {
			const [first, second] = [runs[left], runs[right]];
			if (left < 0 || right < 0 || frozen[left] || frozen[right] || first == null || second == null) return;
			const joined = first + second;
			const piece = this.#pieces.get(joined);
			if (piece === void 0) return;
			agenda.push({
				left,
				right,
				score: piece.score,
				length: joined.length
			});
			if (piece.kind === "unused") parts.set(joined, [first, second]);
		};
		for (let i = 1; i < runs.length; i++) offer(i - 1, i);
		for (let best = agenda.pop(); best !== null; best = agenda.pop()) {
			const { left, right, length } = best;
			const [first, second] = [runs[left], runs[right]];
			if (first == null || second == null || first.length + second.length !== length) continue;
			runs[left] = first + second;
			runs[right] = null;
			const after = next[right] ?? -1;
			next[left] = after;
			if (after >= 0) previous[after] = left;
			offer(previous[left] ?? -1, left);
			offer(left, after);
		}
		return runs.flatMap((run) => run === null ? [] : this.#used(run, parts));
	}
	/** Pieces that are not to be used come apart again into what they were joined of. */
	#used(run, parts) {
		const piece = this.#pieces.get(run) ?? null;
		const split = piece?.kind === "unused" ? parts.get(run) : void 0;
		if (split === void 0) return [{
			text: run,
			piece
		}];
		return split.flatMap((part) => this.#used(part, parts));
	}
	#bestPath(text) {
		const characters = [...text];
		const [least, most] = this.#scores;
		const unknown = Math.fround(least - UNKNOWN_PENALTY);
		const best = new Float32Array(characters.length + 1);
		const from = new Int32Array(characters.length + 1).fill(-1);
		for (let start = 0; start < characters.length; start++) {
			const till = best[start] ?? 0;
			let [run, hasOne] = ["", false];
			const offer = (end, score) => {
				if (from[end] !== -1 && !(score > (best[end] ?? 0))) return;
				best[end] = score;
				from[end] = start;
			};
			for (let length = 1; length <= this.#longest && start + length <= characters.length; length++) {
				run += characters[start + length - 1];
				const piece = this.#pieces.get(run);
				if (piece === void 0 || piece.kind === "unused") continue;
				const bytes = new TextEncoder().encode(run).length;
				offer(start + length, till + (piece.kind === "user" ? bytes * most - .1 : piece.score));
				hasOne ||= length === 1;
			}
			if (!hasOne) offer(start + 1, till + unknown);
		}
		const segments = [];
		for (let end = characters.length; end > 0; end = from[end] ?? 0) {
			const run = characters.slice(from[end], end).join("");
			const piece = this.#pieces.get(run) ?? null;
			segments.push({
				text: run,
				piece: piece?.kind === "unused" ? null : piece
			});
		}
		return segments.reverse();
	}
};
/** The longest of some words at a place of a text. */
function userMatcher(words) {
	const byFirst = /* @__PURE__ */ new Map();
	for (const word of [...words].sort((a, b) => b.length - a.length)) {
		const first = word[0];
		if (first !== void 0) byFirst.set(first, [...byFirst.get(first) ?? [], word]);
	}
	return (text, at) => byFirst.get(text[at] ?? "")?.find((word) => text.startsWith(word, at)) ?? null;
}
/** A heap: the highest score first, then the leftmost. */
var Agenda = class {
	#heap = [];
	push(join) {
		const heap = this.#heap;
		heap.push(join);
		for (let at = heap.length - 1; at > 0;) {
			const above = at - 1 >> 1;
			if (!isBefore(heap[at], heap[above])) break;
			swap(heap, at, above);
			at = above;
		}
	}
	pop() {
		const heap = this.#heap;
		const first = heap[0] ?? null;
		const last = heap.pop();
		if (heap.length === 0 || last === void 0) return first;
		heap[0] = last;
		for (let at = 0;;) {
			let least = at;
			for (const below of [2 * at + 1, 2 * at + 2]) if (isBefore(heap[below], heap[least])) least = below;
			if (least === at) return first;
			swap(heap, at, least);
			at = least;
		}
	}
};
function isBefore(a, b) {
	if (a === void 0 || b === void 0) return false;
	return a.score > b.score || a.score === b.score && a.left < b.left;
}
function swap(heap, a, b) {
	const [first, second] = [heap[a], heap[b]];
	if (first === void 0 || second === void 0) return;
	heap[a] = second;
	heap[b] = first;
}
// src/corpus/sentencepiece/model-file.ts
/**
* @file A SentencePiece model (tokenizer.model), read as far as encoding needs it: pieces with scores and kinds, and how text is
* normalized. Field numbers: sentencepiece_model.proto. Left out: word and character models, self-test samples.
*/
const KINDS = [
	"normal",
	"normal",
	"unknown",
	"control",
	"user",
	"unused",
	"byte"
];
/** Published models reach 262,208. */
const MOST_PIECES = 2 ** 20;
/** Errors: TOKENIZER_UNSUPPORTED. */
function readModelFile(file, bytes) {
	try {
		return modelOf(file, new Wire(file, bytes));
	} catch (error) {
		if (error instanceof SaegateError && error.code.startsWith("ONNX_")) throw tokenizerUnsupported(file, "it is no SentencePiece model, or a broken one");
		throw error;
	}
}
function modelOf(file, wire) {
	const pieces = [];
	let trainer = /* @__PURE__ */ new Map();
	let rules = /* @__PURE__ */ new Map();
	for (const field of wire.fields()) {
		if (field.kind !== "bytes") continue;
		if (field.number === 1) pieces.push(pieceOf(wire, fieldsOf(wire, field)));
		if (field.number === 2) trainer = fieldsOf(wire, field);
		if (field.number === 3) rules = fieldsOf(wire, field);
		if (pieces.length > MOST_PIECES) throw tokenizerUnsupported(file, `it has more than ${MOST_PIECES} pieces`);
	}
	const type = {
		1: "unigram",
		2: "bpe"
	};
	const kind = number(trainer, 3, 1);
	if (kind !== 1 && kind !== 2) throw tokenizerUnsupported(file, `its model type ${kind} is neither Unigram nor BPE`);
	const unknownId = pieces.findIndex((piece) => piece.kind === "unknown");
	if (unknownId < 0) throw tokenizerUnsupported(file, "it has no unknown piece");
	const flag = (fields, at, absent) => number(fields, at, Number(absent)) !== 0;
	const map = rules.get(2);
	const charsMap = map?.kind === "bytes" ? wire.bytes.subarray(map.start, map.end) : /* @__PURE__ */ new Uint8Array(0);
	if (longestReplacement(charsMap) > MOST_REPLACED) throw tokenizerUnsupported(file, `its table replaces a character by more than ${MOST_REPLACED} bytes`);
	return {
		pieces,
		type: type[kind],
		unknownId,
		bosId: idOf$2(number(trainer, 41, 1), pieces),
		eosId: idOf$2(number(trainer, 42, 2), pieces),
		byteFallback: flag(trainer, 35, false),
		normalizer: {
			charsMap,
			addDummyPrefix: flag(rules, 3, true),
			removeExtraWhitespaces: flag(rules, 4, true),
			escapeWhitespaces: flag(rules, 5, true),
			whitespaceAsSuffix: flag(trainer, 24, false)
		}
	};
}
/** Compatibility forms of Unicode have at most eighteen characters. */
const MOST_REPLACED = 256;
/** Of the strings behind the double array, which end with 0. */
function longestReplacement(charsMap) {
	if (charsMap.byteLength < 4) return 0;
	const view = new DataView(charsMap.buffer, charsMap.byteOffset, charsMap.byteLength);
	const strings = charsMap.subarray(Math.min(charsMap.byteLength, 4 + view.getUint32(0, true)));
	let [longest, start] = [0, 0];
	for (let end = strings.indexOf(0); end >= 0; end = strings.indexOf(0, start)) {
		longest = Math.max(longest, end - start);
		start = end + 1;
	}
	return longest;
}
function fieldsOf(wire, { start, end }) {
	return new Map([...wire.fields(start, end)].map((field) => [field.number, field]));
}
function pieceOf(wire, fields) {
	const text = fields.get(1);
	const score = fields.get(2);
	return {
		text: text?.kind === "bytes" ? wire.string(text) : "",
		score: score?.kind === "float" ? score.value : 0,
		kind: KINDS[number(fields, 3, 1)] ?? "unused"
	};
}
function number(fields, at, absent) {
	const field = fields.get(at);
	return field?.kind === "varint" ? field.value : absent;
}
function idOf$2(id, pieces) {
	return pieces[id]?.kind === "control" ? id : null;
}
// src/corpus/sentencepiece/open.ts
/**
* @file A SentencePiece model as a model's tokenizer, where a folder has no tokenizer.json. Tokens that were added to it
* (added_tokens.json, tokenizer_config.json) are found in the text first, and what lies between is encoded by itself, as
* transformers' own slow tokenizers do.
*/
/** As transformers, and the authors of the models, call it. */
const SENTENCE_PIECE_FILE = /^(?:tokenizer|spiece|sentencepiece(?:\.bpe)?)\.model$/;
/** Tokenizers that put the BOS before a text where their config says nothing. */
const ADDS_BOS = /^(Llama|CodeLlama|Gemma|Mistral|Baichuan|InternLM2?|Yi)Tokenizer/;
/** Errors: TOKENIZER_UNSUPPORTED, those of reading. */
async function openSentencePiece(files) {
	const name = files.names.find((one) => SENTENCE_PIECE_FILE.test(one));
	if (name === void 0) return null;
	const file = `${files.spec}: ${name}`;
	const bytes = await bytesOf(files, name, file);
	const model = readModelFile(file, bytes);
	const config = await readBeside$1(files, "tokenizer_config.json");
	const added = addedTokens(model, config, await readBeside$1(files, "added_tokens.json"));
	const encoder = new SentencePieceEncoder(model);
	const named = (key) => {
		const token = config[key];
		const content = isJsonObject(token) ? token.content : token;
		return typeof content === "string" ? added.get(content) ?? idOf$1(model, content) : null;
	};
	const bosToken = named("bos_token") ?? model.bosId;
	return {
		file,
		encode: (text) => encodeBetween(text, added, encoder),
		cut: null,
		bosFromPostProcessor: (config.add_bos_token ?? ADDS_BOS.test(String(config.tokenizer_class ?? ""))) === true ? bosToken : null,
		bosToken,
		eosToken: named("eos_token") ?? model.eosId,
		specialIds: model.pieces.flatMap(({ kind }, id) => kind === "control" || kind === "unknown" ? [id] : []),
		text: tokenText(piecesOf$1(model, added), "metaspace"),
		sha256: createHash("sha256").update(bytes).digest("hex"),
		chat: await readChatSource(files, config)
	};
}
async function bytesOf(files, name, file) {
	const source = await files.open(name);
	try {
		if (source.byteLength > MAX_JSON_BYTES) throw tokenizerUnsupported(file, `it has ${source.byteLength} bytes, more than ${MAX_JSON_BYTES}`);
		return await source.read(0, source.byteLength);
	} finally {
		await source.close();
	}
}
async function readBeside$1(files, name) {
	return files.has(name) ? await readJsonObject(files, name) : {};
}
function idOf$1({ pieces }, text) {
	const id = pieces.findIndex((piece) => piece.text === text);
	return id < 0 ? null : id;
}
const piecesOf$1 = ({ pieces }, added) => new Map([...pieces.map(({ text }, id) => [id, text]), ...[...added].map(([text, id]) => [id, text])]);
/** Content → id: the model's own control pieces are among them, since transformers finds them in the text too. */
function addedTokens(model, config, beside) {
	const tokens = /* @__PURE__ */ new Map();
	for (const [id, { text, kind }] of model.pieces.entries()) if (kind === "control") tokens.set(text, id);
	for (const [content, id] of Object.entries(beside)) if (typeof id === "number") tokens.set(content, id);
	const decoder = isJsonObject(config.added_tokens_decoder) ? config.added_tokens_decoder : {};
	for (const [id, token] of Object.entries(decoder)) if (isJsonObject(token) && typeof token.content === "string" && /^\d{1,9}$/.test(id)) tokens.set(token.content, Number(id));
	tokens.delete("");
	return tokens;
}
function encodeBetween(text, added, encoder) {
	if (added.size === 0) return encoder.encode(text);
	const contents = [...added.keys()].sort((a, b) => b.length - a.length);
	const pattern = new RegExp(`(${contents.map((one) => one.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})`);
	const ids = text.split(pattern).map((part) => {
		const id = added.get(part);
		return id === void 0 ? encoder.encode(part) : Int32Array.of(id);
	});
	return Int32Array.from(ids.flatMap((part) => [...part]));
}
// src/corpus/tokenizers/bounded-tokenizer.ts
/**
* @file Bounds for a tokenizer.json of unknown origin: its regular expressions may run without end, and a chain of its
* replacements may turn kilobytes of text into gigabytes. Every step of its normalizer and pre_tokenizer is counted, what runs is
* ended by the clock (V8 looks at it inside a regular expression too), and the message names the step.
*/
/**
* A hundred times what the slowest tokenizer in use takes: 200,000 characters as one word in 3 s. Tokenizers of which more is
* known (cut-points.ts) need no clock.
*/
const GENEROUS = {
	seconds: 30,
	secondsPerMillion: 300
};
/** Normalization makes eighteen characters of one in the worst case (NFKC), but not of every one. */
const MOST_GROWTH = 8;
const GROWTH_FREE = 2 ** 16;
/** Characters that one step may be about to make, were it to replace every character. */
const MOST_AT_ONCE = 2 ** 28;
const SHOWN_CHARACTERS$1 = 80;
var Bounds = class {
	#file;
	#allowance;
	#made = /* @__PURE__ */ new Map();
	#running = "its model";
	#characters = 0;
	constructor(file, allowance) {
		this.#file = file;
		this.#allowance = allowance;
	}
	/** Count what the steps of a tokenizer of this definition do. */
	watch({ normalizer, pre_tokenizer }, definition) {
		this.#watchStep(normalizer, definition.normalizer, "normalizer");
		this.#watchStep(pre_tokenizer, definition.pre_tokenizer, "pre_tokenizer");
	}
	/** Run what works on a text of so many characters. Errors: TOKENIZER_TOO_SLOW, TOKENIZER_GROWS. */
	within(characters, run) {
		const { seconds, secondsPerMillion } = this.#allowance;
		const allowed = seconds + secondsPerMillion * characters / 1e6;
		this.#made.clear();
		this.#characters = characters;
		this.#running = "its model";
		try {
			return endedByClock(allowed, run);
		} catch (error) {
			if (ranOut(error)) throw tokenizerTooSlow(this.#file, this.#running, characters, allowed);
			throw error;
		}
	}
	#watchStep(step, definition, at) {
		if (step === null || step === void 0 || !isJsonObject(definition)) return;
		const words = inWords$1(at, definition);
		const longest = longestInsert(definition);
		const { normalize, pre_tokenize_text: split } = step;
		if (step.normalizers === void 0 && normalize !== void 0) step.normalize = (text) => this.#counted(words, text.length, longest, () => [normalize.call(step, text)])[0] ?? "";
		if (step.tokenizers === void 0 && split !== void 0) step.pre_tokenize_text = (text, options) => this.#counted(words, text.length, longest, () => split.call(step, text, options));
		const parts = definition.normalizers ?? definition.pretokenizers;
		for (const [i, part] of (step.normalizers ?? step.tokenizers ?? []).entries()) this.#watchStep(part, Array.isArray(parts) ? parts[i] : void 0, `${at}[${i}]`);
	}
	/** What a step makes of so many characters. */
	#counted(step, characters, longest, make) {
		const before = this.#running;
		this.#running = step;
		if (characters * longest > MOST_AT_ONCE) throw tokenizerGrows(this.#file, step, this.#characters);
		const parts = make();
		const made = parts.reduce((sum, part) => sum + part.length, this.#made.get(step) ?? 0);
		this.#made.set(step, made);
		if (made > MOST_GROWTH * this.#characters + GROWTH_FREE) throw tokenizerGrows(this.#file, step, this.#characters);
		this.#running = before;
		return parts;
	}
};
/** What a step may put in the place of a character, or before a text. */
function longestInsert({ content, prepend, replacement, str_rep }) {
	return Math.max(...[
		content,
		prepend,
		replacement,
		str_rep
	].map((text) => typeof text === "string" ? text.length : 1), 1);
}
/** `normalizer[2] (Replace, pattern "(a+)+$")` */
function inWords$1(at, { type, pattern }) {
	const expression = isJsonObject(pattern) ? pattern.Regex ?? pattern.String : void 0;
	const text = JSON.stringify(expression) ?? "";
	const shown = text.length > SHOWN_CHARACTERS$1 ? `${text.slice(0, SHOWN_CHARACTERS$1)}…` : text;
	return `its ${at} (${String(type).slice(0, SHOWN_CHARACTERS$1)}${shown === "" ? "" : `, pattern ${shown}`})`;
}
// src/corpus/tokenizers/cut-points.ts
/**
* @file Where a text may be cut so that its pieces, encoded one by one, give exactly the ids of the whole.
*
* Pieces keep a long text from blocking the process and let a token budget stop early; wrong ids would be worse than
* either, so a cut is made only where this argument holds, else the text is encoded whole. A cut lies between an ASCII
* letter and a space before another letter. Then
* - Unicode normalisation does not reach across it: ASCII never composes with what stands before it (UAX #15);
* - the known word patterns (GPT-2, Llama 3, Qwen 2) end a match there and begin one, having no look-behind and nothing
*   that spans letter and space; words are encoded one by one;
* - without word patterns (Gemma, where the text is one word), byte-pair merges cannot cross it when no merge makes a
*   token with that letter before a space; letters for which one does are left out;
* - added tokens neither contain such a place nor strip the space after them.
*/
const WORD_PATTERNS = /* @__PURE__ */ new Set([
	"'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+",
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+",
	"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"
]);
const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/**
* @huggingface/tokenizers 0.2.0, in characters a second (2 cores): with a word pattern 0.6 million in pieces of a word,
* 1.6 million in these. As one word 0.06 million for a 200,000-character text, 0.14 million in these, and 0.7 million
* word by word, which its cache of short words then knows.
*/
const FASTEST_WITH_WORDS = 16384;
const FASTEST_AS_ONE_WORD = 1;
/** Where a text may be cut for the tokenizer of tokenizer.json and tokenizer_config.json; null: nowhere that is known. */
function cutRule(definition, config) {
	const { model, normalizer = null, pre_tokenizer: words = null } = definition;
	if (!isJsonObject(model) || model.type !== "BPE") return null;
	if (config.remove_space === true || config.do_lowercase_and_remove_accent === true) return null;
	if (!addedTokensAllow(definition.added_tokens ?? null)) return null;
	const space = spaceAfter(normalizer);
	if (space === null) return null;
	if (space === " " && splitsWords(words) && model.fuse_unk !== true) return before(LETTERS, FASTEST_WITH_WORDS);
	return words === null || space !== " " && splitsAtSpaces(words) ? before(unmergedLetters(model, space), FASTEST_AS_ONE_WORD) : null;
}
function before(letters, pieceLength) {
	return letters === "" ? null : {
		pattern: new RegExp(`[${letters}](?= [A-Za-z])`, "g"),
		pieceLength
	};
}
function addedTokensAllow(added) {
	if (!Array.isArray(added)) return false;
	return added.every((token) => isJsonObject(token) && token.rstrip !== true && typeof token.content === "string" && !/[A-Za-z][ \u2581]/.test(token.content));
}
/** What a space becomes: itself, or what the one Replace makes of it; null: a normalizer that is not understood. */
function spaceAfter(normalizer) {
	const steps = isJsonObject(normalizer) && normalizer.type === "Sequence" ? normalizer.normalizers : [normalizer];
	if (!Array.isArray(steps)) return null;
	let space = " ";
	for (const step of steps) {
		if (step === null || isJsonObject(step) && /^NFK?[CD]$/.test(String(step.type))) continue;
		const replaced = replacedSpace(step);
		if (replaced === null || space !== " ") return null;
		space = replaced;
	}
	return space;
}
/** The one character that a Replace step puts for a space. */
function replacedSpace(step) {
	if (!isJsonObject(step) || step.type !== "Replace" || !isJsonObject(step.pattern)) return null;
	const { content } = step;
	return step.pattern.String === " " && typeof content === "string" && content.length === 1 ? content : null;
}
/** ByteLevel with its own pattern, or a Split by a known pattern before ByteLevel without one. */
function splitsWords(words) {
	if (!isJsonObject(words)) return false;
	if (words.type === "ByteLevel") return words.use_regex !== false;
	if (words.type !== "Sequence" || !Array.isArray(words.pretokenizers)) return false;
	const [split, bytes, ...more] = words.pretokenizers;
	if (!isJsonObject(split) || !isJsonObject(bytes) || more.length > 0) return false;
	const known = isJsonObject(split.pattern) && WORD_PATTERNS.has(split.pattern.Regex ?? null);
	const isolates = split.type === "Split" && split.invert !== true && split.behavior === "Isolated";
	return known && isolates && bytes.type === "ByteLevel" && bytes.use_regex === false && bytes.add_prefix_space !== true;
}
/** Gemma's Split at spaces, of which there are none left. */
function splitsAtSpaces(words) {
	if (!isJsonObject(words) || words.type !== "Split" || words.invert === true) return false;
	return isJsonObject(words.pattern) && words.pattern.String === " ";
}
/** Letters that are tokens and that no merge puts before a space. */
function unmergedLetters(model, space) {
	const { vocab, merges } = model;
	const affixed = [
		model.end_of_word_suffix,
		model.continuing_subword_prefix,
		model.continuing_subword_suffix
	];
	if (!isJsonObject(vocab) || !Array.isArray(merges) || affixed.some((affix) => Boolean(affix))) return "";
	if (!Object.hasOwn(vocab, space)) return "";
	const crossed = /* @__PURE__ */ new Set();
	for (const merge of merges) {
		const token = Array.isArray(merge) ? merge.join("") : String(merge).replace(" ", "");
		for (let at = token.indexOf(space, 1); at > 0; at = token.indexOf(space, at + 1)) crossed.add(token.charAt(at - 1));
	}
	return [...LETTERS].filter((letter) => Object.hasOwn(vocab, letter) && !crossed.has(letter)).join("");
}
// src/corpus/tokenizers/tokenizer-shape.ts
/**
* @file Is a tokenizer.json what @huggingface/tokenizers takes it for? The library checks next to nothing: an id of 1.5
* is cut to 1 in silence, and a list that is missing ends in a message about JavaScript. What shapes ids is checked
* here: the vocabulary, the merges and the added tokens. One pass over each: half a second at most for 256,000 tokens.
*/
/** Ids are held as int32. */
const LARGEST_ID = 2 ** 31 - 1;
const TYPES = [
	"BPE",
	"Unigram",
	"WordPiece",
	"WordLevel"
];
/** Characters of a found value that are shown in a message. */
const SHOWN_CHARACTERS = 60;
/** Errors: TOKENIZER_UNSUPPORTED, naming the part, the token and what was found. */
function checkTokenizer(file, definition) {
	const flaw = modelFlaw(definition.model) ?? addedTokensFlaw(definition.added_tokens);
	if (flaw !== null) throw tokenizerUnsupported(file, flaw);
}
function modelFlaw(model) {
	if (!isJsonObject(model)) return `its model is ${describeJson(model)}, not an object`;
	const { vocab, merges } = model;
	const type = model.type ?? null;
	if (type !== null && !TYPES.includes(type)) return `its model.type is ${shown$1(type)}; ${TYPES.join(", ")} are known`;
	if (type === "Unigram" || type === null && Array.isArray(vocab)) return unigramFlaw(vocab);
	if (!isJsonObject(vocab)) return `its model.vocab is ${describeJson(vocab)}; an object that gives every token's id is needed`;
	return vocabularyFlaw(vocab) ?? (type === "BPE" || merges !== void 0 ? mergesFlaw(model, vocab) : null);
}
/** Every id is one, and no two tokens have the same: whichever came last would count. */
function vocabularyFlaw(vocab) {
	const named = /* @__PURE__ */ new Map();
	for (const [token, id] of Object.entries(vocab)) {
		if (!isId(id)) return idFlaw(token, id);
		const other = named.get(id);
		if (other !== void 0) return `its tokens ${shown$1(other)} and ${shown$1(token)} have the same id, ${shown$1(id)}`;
		named.set(id, token);
	}
	return null;
}
/** The ids of a Unigram model are the places in its list. */
function unigramFlaw(vocab) {
	if (!Array.isArray(vocab)) return `its model.vocab is ${describeJson(vocab)}; a list of [token, score] is needed`;
	const at = vocab.findIndex((entry) => !isScored(entry));
	return at < 0 ? null : `its model.vocab[${at}] is ${shown$1(vocab[at])}; [token, score] is needed`;
}
function isScored(entry) {
	return Array.isArray(entry) && entry.length === 2 && typeof entry[0] === "string" && typeof entry[1] === "number";
}
/** "left right" in files of before 2024, ["left", "right"] since; the library goes by the first. */
function mergesFlaw(model, vocab) {
	const { merges, continuing_subword_prefix: prefix } = model;
	if (!Array.isArray(merges)) return `its model.merges is ${describeJson(merges)}; a list of merges is needed`;
	const pairs = Array.isArray(merges[0]);
	const at = merges.findIndex((merge) => pairs ? !isPair(merge) : !isSpaced(merge));
	if (at < 0) return missingMerge(merges, vocab, typeof prefix === "string" ? prefix : "");
	const needed = pairs ? "[\"left\", \"right\"], like the first," : "\"left right\"";
	return `its model.merges[${at}] is ${shown$1(merges[at])}; ${needed} is needed`;
}
/**
* A merge joins two tokens to a third, the right one without the prefix that marks it as a continuation; the library would
* take one that is missing for an unknown token.
*/
function missingMerge(merges, vocab, prefix) {
	for (const [at, merge] of merges.entries()) {
		const [left = "", right = ""] = typeof merge === "string" ? merge.split(" ") : Array.isArray(merge) ? merge.map(String) : [];
		const missing = [
			left,
			right,
			left + (right.startsWith(prefix) ? right.slice(prefix.length) : right)
		].find((token) => !Object.hasOwn(vocab, token));
		if (missing !== void 0) return `its model.merges[${at}] needs the token ${shown$1(missing)}, which its vocabulary does not have`;
	}
	return null;
}
function isPair(merge) {
	return Array.isArray(merge) && merge.length === 2 && merge.every((side) => typeof side === "string");
}
/** One space exactly: with more, nobody knows where the left one ends. */
function isSpaced(merge) {
	return typeof merge === "string" && merge.includes(" ") && merge.indexOf(" ") === merge.lastIndexOf(" ");
}
function addedTokensFlaw(added) {
	if (!Array.isArray(added)) return `its added_tokens is ${describeJson(added)}, not a list`;
	for (const [at, token] of added.entries()) {
		if (!isJsonObject(token) || typeof token.content !== "string") return `its added_tokens[${at}] is ${shown$1(token)}; an object with content and id is needed`;
		if (!isId(token.id)) return idFlaw(token.content, token.id);
	}
	return null;
}
function isId(value) {
	return typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= LARGEST_ID;
}
function idFlaw(token, id) {
	return `the id of its token ${shown$1(token)} is ${shown$1(id)}; a whole number from 0 to ${LARGEST_ID} is needed`;
}
function shown$1(value) {
	const text = value === void 0 ? "missing" : JSON.stringify(value);
	return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
// src/corpus/tokenizers/vocabulary-entries.ts
/** @file The tokens that a tokenizer.json names, with their ids. */
/** Of its model, then those that were added. */
function vocabularyEntries({ model, added_tokens: added }) {
	return [...modelEntries(isJsonObject(model) ? model.vocab : void 0), ...addedEntries(added)];
}
/** {token: id}, or [[token, score], …] of Unigram models. */
function modelEntries(vocab) {
	if (isJsonObject(vocab)) return Object.entries(vocab).flatMap(([token, id]) => typeof id === "number" ? [[token, id]] : []);
	return (Array.isArray(vocab) ? vocab : []).flatMap((entry, id) => {
		const token = Array.isArray(entry) ? entry[0] : void 0;
		return typeof token === "string" ? [[token, id]] : [];
	});
}
function addedEntries(added) {
	return (Array.isArray(added) ? added : []).flatMap((token) => isJsonObject(token) && typeof token.content === "string" && typeof token.id === "number" ? [[token.content, token.id]] : []);
}
// src/corpus/tokenizers/tokenizer.ts
/**
* @file A model's own tokenizer, from tokenizer.json, through @huggingface/tokenizers.
*
* Text is encoded as one string, without special tokens, exactly as the library gives it. Which token a model expects
* in front is found by asking: the post-processor runs on a probe, and what it puts before it is the BOS. What is
* left out: vocab.json with merges.txt, which needs converting first. Where there is no tokenizer.json, a SentencePiece
* model is read (../sentencepiece).
*/
/** Anything that is tokenized to one token or more would do; every vocabulary has this one. */
const PROBE = "a";
/**
* The tokenizer of a model folder, or of a tokenizer.json or SentencePiece model named by itself. Null: the folder has none.
* Errors: TOKENIZER_UNSUPPORTED, TOKENIZER_TOO_SLOW, TOKENIZER_GROWS, those of reading.
*/
async function openTokenizer(files, allowance = GENEROUS) {
	const name = tokenizerFile(files);
	if (name === null) return files.names.some((one) => SENTENCE_PIECE_FILE.test(one)) ? await openSentencePiece(files) : null;
	const { definition, sha256 } = await readDefinition(files, name);
	const config = await readBeside(files, "tokenizer_config.json");
	const model = await readBeside(files, "config.json");
	const file = `${files.spec}: ${name}`;
	checkTokenizer(file, definition);
	const cut = cutRule(definition, config);
	const bounds = cut === null ? new Bounds(file, allowance) : null;
	if (bounds !== null) rehearse(file, definition, bounds);
	const tokenizer = construct(file, definition, config);
	bounds?.watch(tokenizer, definition);
	const run = (text, special) => {
		const encode = () => encodeText(tokenizer, file, text, special);
		return bounds === null ? encode() : bounds.within(text.length, encode);
	};
	const named = (key) => tokenId(tokenizer, config[key]) ?? wholeNumber(model[`${key}_id`]);
	return {
		file,
		encode: (text) => encodeWhole(run, file, text),
		cut,
		bosFromPostProcessor: prependedToken(run, file),
		bosToken: named("bos_token"),
		eosToken: named("eos_token"),
		specialIds: specialIds(tokenizer),
		text: tokenText(piecesOf(definition), spellingOf(definition)),
		sha256,
		chat: await readChatSource(files, config)
	};
}
const piecesOf = (definition) => new Map(vocabularyEntries(definition).map(([token, id]) => [id, token]));
/** Told by its decoder, or by what it cuts text with; else pieces are spelled as SentencePiece's. */
function spellingOf({ model, decoder, pre_tokenizer: words }) {
	if (isJsonObject(model) && model.type === "WordPiece") return "wordpiece";
	return /"type":"ByteLevel"/.test(JSON.stringify([decoder ?? null, words ?? null])) ? "byte-level" : "metaspace";
}
/** tokenizer.json of a folder, or the one JSON file that was named by itself; null: neither. */
function tokenizerFile(files) {
	if (files.has("tokenizer.json")) return "tokenizer.json";
	const [only, ...others] = files.names;
	return only?.endsWith(".json") && others.length === 0 ? only : null;
}
/**
* Not through `readJson`: a vocabulary is the one JSON object whose keys are arbitrary (`__proto__` is a fair token of
* a code model), and it is read by entries only.
*/
async function readDefinition(files, name) {
	const source = await files.open(name);
	try {
		if (source.byteLength > MAX_JSON_BYTES) throw tokenizerUnsupported(source.name, `it has ${source.byteLength} bytes, more than ${MAX_JSON_BYTES}`);
		const bytes = await source.read(0, source.byteLength);
		return {
			definition: parse(source.name, bytes),
			sha256: createHash("sha256").update(bytes).digest("hex")
		};
	} finally {
		await source.close();
	}
}
function parse(name, bytes) {
	const value = parseValue(name, bytes);
	if (isJsonObject(value)) return value;
	throw tokenizerUnsupported(name, `it holds ${describeJson(value)}; a JSON object was expected`);
}
function parseValue(name, bytes) {
	let text;
	try {
		text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
	} catch {
		throw tokenizerUnsupported(name, "it is not UTF-8 text");
	}
	try {
		return JSON.parse(text);
	} catch {
		throw tokenizerUnsupported(name, `it is not JSON: ${syntaxReason(text) ?? "for no reason that was found"}`);
	}
}
async function readBeside(files, name) {
	return files.has(name) ? readJsonObject(files, name) : {};
}
function construct(file, definition, config) {
	try {
		return new Tokenizer_default(definition, config);
	} catch (error) {
		throw tokenizerUnsupported(file, reasonOf(error));
	}
}
/**
* The library runs the normalizer over every added token as it is made, out of our sight: so a tokenizer of the same steps and no
* tokens runs over them first.
*/
function rehearse(file, definition, bounds) {
	const { added_tokens: added } = definition;
	const model = {
		type: "BPE",
		vocab: { a: 0 },
		merges: []
	};
	const tokenizer = construct(file, {
		...definition,
		model,
		post_processor: null,
		added_tokens: []
	}, {});
	bounds.watch(tokenizer, definition);
	const contents = (Array.isArray(added) ? added : []).flatMap((token) => isJsonObject(token) && typeof token.content === "string" ? [token.content] : []);
	const characters = contents.reduce((sum, { length }) => sum + length, 0);
	bounds.within(characters, () => {
		for (const content of contents) encodeText(tokenizer, file, content, false);
	});
}
function encodeWhole(run, file, text) {
	const { ids, tokens } = run(text, false);
	return Int32Array.from(ids, (id, at) => {
		if (id === void 0) throw tokenUnknown(file, tokens[at] ?? "");
		return id;
	});
}
function encodeText(tokenizer, file, text, special) {
	try {
		return tokenizer.encode(text, { add_special_tokens: special });
	} catch (error) {
		if (error instanceof SaegateError) throw error;
		throw tokenizerUnsupported(file, reasonOf(error));
	}
}
/** The library's own words; where it stumbled instead, JavaScript's would help nobody. */
function reasonOf(error) {
	if (error instanceof TypeError || error instanceof RangeError) return "its normalizer, pre_tokenizer, post_processor or decoder has parts that are missing or of the wrong kind";
	return (error instanceof Error ? error.message : String(error)).slice(0, 200);
}
function prependedToken(run, file) {
	const bare = run(PROBE, false).ids;
	const dressed = run(PROBE, true).ids;
	const before = dressed.findIndex((_, at) => bare.every((id, i) => dressed[at + i] === id));
	if (before === 0) return null;
	if (before === 1) return dressed[0] ?? null;
	throw tokenizerUnsupported(file, "its post-processor puts more than one token before the text");
}
function tokenId(tokenizer, token) {
	const content = isJsonObject(token) ? token.content : token;
	return typeof content === "string" ? tokenizer.token_to_id(content) ?? null : null;
}
function wholeNumber(value) {
	return typeof value === "number" && Number.isInteger(value) ? value : null;
}
function specialIds(tokenizer) {
	return [...tokenizer.get_added_tokens_decoder()].flatMap(([id, token]) => token.special ? [id] : []).sort((a, b) => a - b);
}
// src/corpus/windows.ts
/**
* The windows in order. A stride below the window scores every target but the stream's first token; with a stride equal
* to it the first token of each window has no context and is left out. Fewer than two tokens: no windows.
*/
function slidingWindows(tokenCount, window, stride) {
	if (stride < 1 || window < 2) throw new RangeError(`sliding windows of ${window} with stride ${stride}`);
	const windows = [];
	let scoredTo = 1;
	for (let begin = 0; scoredTo < tokenCount; begin += stride) {
		const end = Math.min(begin + window, tokenCount);
		const firstScored = Math.max(scoredTo, begin + 1);
		if (firstScored < end) windows.push({
			begin,
			end,
			firstScored
		});
		scoredTo = end;
	}
	return windows;
}
// src/audit/text/sequences.ts
function chunkedPlan(tokens) {
	const { sequenceCount, blockLength, ids } = tokens;
	return {
		ids,
		firstToken: null,
		sequences: Array.from({ length: sequenceCount }, (_, sequence) => {
			const begin = sequence * blockLength;
			return {
				begin,
				end: begin + blockLength,
				keepFrom: begin,
				keepTo: begin + blockLength
			};
		}),
		longest: blockLength,
		rows: sequenceCount * blockLength
	};
}
/** What the model is given for a sequence of the plan. */
function sequenceIds({ ids, firstToken }, { begin, end }) {
	if (firstToken === null) return ids.subarray(begin, end);
	const given = new Int32Array(end - begin);
	given[0] = firstToken;
	given.set(ids.subarray(begin, end - 1), 1);
	return given;
}
/** `groupStarts`: the first sequence of each token group, and the number of sequences. */
function chunkedScores(sequences, groupStarts) {
	const { sequenceCount, blockLength, ids } = sequences;
	const groupOf = groupOfEach(groupStarts);
	const scored = sequenceCount * (blockLength - 1);
	const out = {
		rows: new Int32Array(scored),
		targets: new Int32Array(scored),
		tokenGroups: new Int32Array(scored)
	};
	let at = 0;
	for (let sequence = 0; sequence < sequenceCount; sequence++) for (let position = 0; position < blockLength - 1; position++, at++) {
		const row = sequence * blockLength + position;
		out.rows[at] = row;
		out.targets[at] = present(ids[row + 1]);
		out.tokenGroups[at] = present(groupOf[sequence]);
	}
	return {
		...out,
		tokenGroupCount: groupStarts.length - 1
	};
}
/** Windows over a text without BOS; `bos`: what the corpus' sequences begin with. */
function slidingPlan(stream, { window, stride }, bos) {
	const ahead = bos === null ? 1 : 0;
	const sequences = slidingWindows(stream.length, window, stride).map(({ begin, end, firstScored }) => ({
		begin,
		end,
		keepFrom: firstScored - ahead,
		keepTo: end - ahead
	}));
	const rows = sequences.reduce((sum, { keepFrom, keepTo }) => sum + keepTo - keepFrom, 0);
	return {
		ids: stream,
		firstToken: bos,
		sequences,
		longest: Math.min(window, stream.length),
		rows
	};
}
/**
* What each kept row predicts: the next token. A target counts in the group of its text (`groupStarts`: the first token of
* each, in the stream); what comes after the last sequence counts in the last.
*/
function slidingScores(plan, groupStarts) {
	const used = groupStarts.length - 1;
	const targets = new Int32Array(plan.rows);
	const groups = new Int32Array(plan.rows);
	const ahead = plan.firstToken === null ? 1 : 0;
	let [row, group] = [0, 0];
	for (const { keepFrom, keepTo } of plan.sequences) for (let position = keepFrom; position < keepTo; position++, row++) {
		const target = position + ahead;
		while (group < used - 1 && target >= present(groupStarts[group + 1])) group++;
		targets[row] = present(plan.ids[target]);
		groups[row] = group;
	}
	return {
		rows: Int32Array.from({ length: plan.rows }, (_, i) => i),
		targets,
		tokenGroups: groups,
		tokenGroupCount: used
	};
}
// src/audit/text/tokens.ts
/** @file The corpus as one audit runs it: sequences, sliding windows, what of them is scored, and the token groups. */
/** Tokenize the corpus and plan what is run. Errors: the corpus' own. */
async function openTokens(opening, { checkpoint, model }) {
	const { config } = opening;
	const { n_vocab: vocabulary, maxPositions } = model.decoder.spec;
	const tokenizer = !config.corpus.source.startsWith("tokens:") ? await tokenizerOf(opening, checkpoint) : null;
	const sequences = await loadCorpus(config.corpus, tokenizer, {
		vocabulary,
		maxPositions,
		open: opening.openText
	});
	const known = tokenizer ?? await tokenizerIfAny(opening, checkpoint);
	const { sliding } = config.perplexity;
	const text = dealtText(sequences);
	const groupStarts = dealGroups(text, groupCount(text, config.groups));
	const streamStarts = groupStarts.map((sequence) => sequence * text.tokensPerSequence);
	return {
		sequences,
		chunked: {
			plan: chunkedPlan(sequences),
			scored: chunkedScores(sequences, groupStarts)
		},
		sliding: sliding === null ? null : slidingTokens(sequences, sliding, streamStarts),
		groupStarts,
		bosLeftOut: leftOut(sequences, known),
		text: known?.text ?? null,
		longest: longestSequence(config)
	};
}
/** For ids that somebody else made, which need none: what cannot be read is then no matter. */
async function tokenizerIfAny(opening, checkpoint) {
	try {
		return await tokenizerOf(opening, checkpoint);
	} catch (error) {
		if (error instanceof SaegateError) return null;
		throw error;
	}
}
/** Ids of somebody else may hold it already. */
function leftOut({ ids, sequenceCount, blockLength, bos }, tokenizer) {
	const expected = tokenizer?.bosFromPostProcessor ?? null;
	if (expected === null || bos !== null) return null;
	return Array.from({ length: sequenceCount }, (_, sequence) => ids[sequence * blockLength]).filter((id) => id === expected).length > sequenceCount / 2 ? null : expected;
}
/** The one named, else the reference's own: in its folder, or beside or inside its GGUF file. */
async function tokenizerOf({ config, openText: open }, checkpoint) {
	if (config.tokenizer !== null) {
		const files = await open(config.tokenizer);
		try {
			return await openTokenizer(files);
		} finally {
			await files.close();
		}
	}
	const inFile = checkpoint.files.has("tokenizer.json") ? null : checkpoint.gguf?.tokenizer() ?? null;
	return await openTokenizer(inFile === null ? checkpoint.files : tokenizerFolder(checkpoint.spec, inFile));
}
function slidingTokens({ stream, bos }, windows, streamStarts) {
	const plan = slidingPlan(stream, windows, bos);
	return {
		plan,
		scored: slidingScores(plan, streamStarts)
	};
}
/** What the report says the ids were made of, where they were not given. */
function madeFrom({ made }) {
	if (made === void 0) return {};
	const { text, tokenizer } = made;
	return {
		text: {
			...text,
			files: [...text.files]
		},
		tokenizer
	};
}
// src/audit/assemble.ts
/** Mean cosine of the two residuals per token below which the candidate lives in another basis. */
const OTHER_BASIS_COSINE = .2;
/** … while the outputs still agree to this many nats per token. */
const SAME_OUTPUT_KL = .5;
async function assemble({ checkpoint, model }, results, origin) {
	const { config, tokens, device } = results.run;
	const candidates = [];
	for (const result of results.candidates) candidates.push(await candidateReport(results.run, result));
	const protocol = checkProtocol({
		...results,
		vocabulary: model.decoder.spec.n_vocab
	});
	return {
		report: {
			schema: "saegate/report@1",
			verdict: null,
			createdAt: origin.createdAt,
			digests: "files-read",
			asked: askedOf(config),
			tool: {
				name: "saegate",
				version: origin.toolVersion,
				engine: `onnxruntime-node ${runtimeVersion()}`,
				device: device.kind,
				threads: device.threads,
				...arithmeticOf(results),
				...streamedOf(results.run),
				elapsedSeconds: origin.elapsedSeconds
			},
			confidence: config.confidence,
			reference: {
				spec: config.reference,
				revision: checkpoint.revision,
				family: model.decoder.spec.family,
				parameters: checkpoint.parameters,
				storedAs: checkpoint.storedAs,
				sha256: await checkpoint.sha256(),
				files: await checkpoint.fileDigests()
			},
			corpus: {
				spec: config.corpus.source,
				tokens: tokens.chunked.plan.rows,
				blocks: tokens.sequences.sequenceCount,
				blockLength: tokens.sequences.blockLength,
				groups: tokens.groupStarts.length - 1,
				resampling: RESAMPLING_METHOD,
				degrees: DEGREES_RULE,
				...documentsOf(tokens),
				bos: tokens.sequences.bos,
				sha256: tokens.sequences.sha256,
				...madeFrom(tokens.sequences)
			},
			policy: null,
			baseline: null,
			readouts: results.readouts.map(({ report }) => report),
			candidates,
			warnings: [...protocolWarnings(protocol), ...results.warnings],
			protocol,
			...results.notes.length === 0 ? {} : { notes: [...results.notes] }
		},
		evidence: results.candidates.flatMap(({ features }) => features.map(({ evidence }) => evidence))
	};
}
/** In which arithmetic the models were computed, on what, and how far that is from float32. */
function arithmeticOf({ run: { device, nvidia }, noise }) {
	return {
		operands: device.bodyType,
		accumulation: "float32",
		...device.kind === "cpu" && device.bodyType !== "float32" ? { emulated: true } : {},
		...nvidia === null ? {} : { accelerator: {
			name: nvidia.name,
			capability: nvidia.capability.toFixed(1),
			driver: nvidia.driver
		} },
		...noise === null ? {} : { engineNoise: noise }
	};
}
/** Nothing where every model was whole in memory. */
function streamedOf({ streamed: { rounding, secondsStreamed, ...rest } }) {
	if (rest.ranges === 0) return {};
	const error = relativeRounding(rounding);
	return { streamed: {
		...rest,
		seconds: secondsStreamed,
		...error === null ? {} : { rowError: error }
	} };
}
async function candidateReport({ config, tokens }, result) {
	const { candidate, sums, features } = result;
	const known = {
		sampling: samplingOfTokens(tokens),
		confidence: config.confidence
	};
	const divergence = sums.divergence === null ? null : divergenceOf(sums.divergence, known);
	const klMean = divergence?.klMean ?? null;
	const windows = config.perplexity.sliding;
	const artifact = artifactOf(candidate);
	return {
		name: candidate.name,
		spec: candidate.spec,
		revision: artifact?.revision ?? null,
		sha256: await artifact?.sha256() ?? null,
		...artifact === null ? {} : { files: await artifact.fileDigests() },
		verdict: null,
		compression: candidate.compression,
		perplexity: {
			chunked: config.perplexity.chunked && sums.losses !== null ? perplexityOf(sums.losses, known) : null,
			sliding: sums.sliding === null || windows === null ? null : {
				...perplexityOf(sums.sliding, known),
				window: windows.window,
				stride: windows.stride
			}
		},
		divergence,
		features: features.map((one) => featuresReport(config, one, klMean)),
		dissociation: {
			flag: false,
			reason: ""
		},
		rules: [],
		warnings: [
			...warningsOf(candidate),
			...plainFloatWarnings(candidate),
			...noDamageWarnings(klMean, features.map(({ report }) => report)),
			...features.flatMap(({ warnings }) => warnings),
			...scalingWarnings(config, result, klMean),
			...basisWarnings(result, klMean)
		]
	};
}
function perplexityOf(groups, { sampling, confidence }) {
	return {
		...summarizePerplexity(groups, sampling, confidence),
		groups: writable(groups)
	};
}
function divergenceOf({ klOfTokens, ...groups }, { sampling, confidence }) {
	const klP99 = quantile(klOfTokens, .99);
	const { klAbove, ...rest } = groups;
	return {
		...summarizeDivergence(groups, klP99, sampling, confidence),
		groups: {
			...writable(rest),
			klAbove: klAbove.map((counts) => [...counts])
		}
	};
}
function writable(groups) {
	return Object.fromEntries(Object.entries(groups).map(([key, values]) => [key, [...values]]));
}
/** Do the outputs agree, as far as is known? Null: they were not compared, and may. */
const mayAgree = (klMean) => klMean === null || klMean < SAME_OUTPUT_KL;
const outputsInWords = (klMean) => klMean === null ? "were not compared (--perplexity none) and may agree" : `agree (KL ${klMean.toFixed(4)})`;
/** A residual stream that only has another size, its outputs the same: no damage, whatever a dictionary of the reference sees. */
const isOnlyRescaled = (scaling, klMean) => mayAgree(klMean) && isRescaled(scaling);
/** Figures of features as they were measured, marked where they say nothing: the factor was not divided out. */
function featuresReport({ rescale }, { report, scaling }, klMean) {
	return rescale || !isOnlyRescaled(scaling, klMean) ? report : {
		...report,
		rescaled: scaling.factor
	};
}
function scalingWarnings({ rescale }, { features }, klMean) {
	return features.filter(({ scaling }) => isOnlyRescaled(scaling, klMean)).map(({ scaling, report: { hook } }) => {
		const larger = `at ${hook} its residual stream is ${scaling.factor.toPrecision(4)} times the reference's`;
		return rescale ? `${larger}; it was divided by that before encoding (--rescale)` : `not evaluable: ${larger} and otherwise the same, while the outputs ${outputsInWords(klMean)}. Such a model computes the same function, but a sparse autoencoder trained on the reference sees every activation moved, so nothing is said of its features; --rescale divides the factor out before encoding`;
	});
}
/**
* The sign of a rotated residual stream that only a run shows: other directions, the same outputs. A candidate that was
* turned back by its embedding and still shows it is told, not refused. Errors: CANDIDATE_ROTATED.
*/
function basisWarnings({ candidate, features }, klMean) {
	const elsewhere = features.find(({ meanCosine }) => meanCosine < OTHER_BASIS_COSINE && mayAgree(klMean));
	if (elsewhere === void 0) return [];
	const reason = `at ${elsewhere.report.hook} the residual streams point elsewhere (mean cosine ${elsewhere.meanCosine.toFixed(2)}) while the outputs ${outputsInWords(klMean)}`;
	if (klMean === null) return [`${reason}: a rotated model looks like this, and so does a ruined one`];
	if (!isTurnedBack(candidate)) throw candidateRotated(candidate.name, reason, candidate.kind === "onnx" ? "onnx" : "checkpoint");
	return [`${reason}, though its residual stream was turned back: its features cannot be judged`];
}
// src/onnx/graph/double-ops.ts
var double_ops_exports = /* @__PURE__ */ __exportAll({
	erf: () => erf,
	forEpsilon: () => forEpsilon,
	gelu: () => gelu,
	rotaryEmbedding: () => rotaryEmbedding,
	silu: () => silu
});
/** Where Cody's first range ends. */
const SMALL = .46875;
/** erf(x) = x · A(x²) / B(x²) up to SMALL; highest power first. */
const A = [
	.18577770618460315,
	3.1611237438705655,
	113.86415415105016,
	377.485237685302,
	3209.3775891384694
];
const B = [
	1,
	23.601290952344122,
	244.02463793444417,
	1282.6165260773723,
	2844.236833439171
];
/** erfc(y) = e^(−y²) · C(y) / D(y) beyond it. */
const C = [
	2.1531153547440383e-8,
	.5641884969886701,
	8.883149794388377,
	66.11919063714163,
	298.6351381974001,
	881.952221241769,
	1712.0476126340707,
	2051.0783778260716,
	1230.3393547979972
];
const D = [
	1,
	15.744926110709835,
	117.6939508913125,
	537.1811018620099,
	1621.3895745666903,
	3290.7992357334597,
	4362.619090143247,
	3439.3676741437216,
	1230.3393548037495
];
/** Error function, any shape. */
function erf(g, x) {
	const constant = (value) => g.scalar("float64", value);
	const square = mul(g, x, x);
	const near = mul(g, x, div(g, polynomial(g, square, A), polynomial(g, square, B)));
	const y = abs(g, x);
	const ratio = div(g, polynomial(g, y, C), polynomial(g, y, D));
	const complement = mul(g, exp(g, sub(g, constant(0), square)), ratio);
	const far = mul(g, sign(g, x), sub(g, constant(1), complement));
	return where(g, less(g, y, constant(SMALL)), near, far);
}
/** Horner's rule, highest power first. */
function polynomial(g, x, [first = 0, ...rest]) {
	const constant = (value) => g.scalar("float64", value);
	const [second = 0, ...lower] = rest;
	const start = add(g, mul(g, x, constant(first)), constant(second));
	return lower.reduce((sum, coefficient) => add(g, mul(g, sum, x), constant(coefficient)), start);
}
/**
* Normalizations take their epsilon ε as a float32: x and ε with which they give what x and the exact ε would give, both
* scaled. By a factor near 2, because onnxruntime drops products with a factor near 1.
*/
function forEpsilon(g, x, epsilon) {
	if (epsilon === 0) return {
		x,
		epsilon
	};
	const scaled = 4 * Math.fround(epsilon);
	return {
		x: mul(g, x, g.scalar("float64", Math.sqrt(scaled / epsilon))),
		epsilon: scaled
	};
}
/** x · Φ(x), or the approximation by tanh that some models were trained with. */
function gelu(g, x, approximate) {
	const constant = (value) => g.scalar("float64", value);
	const half = mul(g, x, constant(.5));
	const inner = () => {
		const cubic = add(g, mul(g, mul(g, x, x), constant(.044715)), constant(1));
		return tanh(g, mul(g, mul(g, x, cubic), constant(Math.sqrt(2 / Math.PI))));
	};
	const odd = approximate === "tanh" ? inner() : erf(g, mul(g, x, constant(Math.SQRT1_2)));
	return mul(g, half, add(g, odd, constant(1)));
}
/** x · sigmoid(x), written as a quotient: onnxruntime fuses the product into its float32 QuickGelu. */
function silu(g, x) {
	const minus = exp(g, sub(g, g.scalar("float64", 0), x));
	return div(g, x, add(g, minus, g.scalar("float64", 1)));
}
/**
* Rotary embedding of (n_block, n_token, heads · headSize) with positions 0, 1, …; `cos` and `sin` are (max positions,
* size/2), `length` is n_token as an int32 scalar.
*/
function rotaryEmbedding(g, x, rotary, heads, length) {
	const { size, interleaved } = rotary;
	const [blocks = 1, , width] = x.shape;
	if (typeof width !== "number" || typeof blocks !== "number") throw new Error(`${x.name} has no fixed width`);
	const pairs = size / 2;
	const headSize = width / heads;
	const split = reshape(g, x, [
		blocks,
		-1,
		heads,
		headSize
	], [
		blocks,
		"n_token",
		heads,
		headSize
	]);
	const table = (whole) => reshape(g, firstRows(g, whole, length), [
		-1,
		1,
		pairs
	], [
		"n_token",
		1,
		pairs
	]);
	const turned = columns(g, split, 0, size);
	const [a, b] = interleaved ? neighbours(g, turned, pairs) : halves(g, turned, pairs);
	const [cos, sin] = [table(rotary.cos), table(rotary.sin)];
	const first = sub(g, mul(g, a, cos), mul(g, b, sin));
	const second = add(g, mul(g, b, cos), mul(g, a, sin));
	return reshape(g, joined(g, [interleaved ? woven(g, first, second, size) : joined(g, [first, second], size), ...size === headSize ? [] : [columns(g, split, size, headSize)]], headSize), [
		blocks,
		-1,
		width
	], x.shape);
}
/** (…, size) → the first and the second half of it. */
function halves(g, x, pairs) {
	return [columns(g, x, 0, pairs), columns(g, x, pairs, 2 * pairs)];
}
/** (…, size) → its even and its odd entries, (…, pairs) both. */
function neighbours(g, x, pairs) {
	const lead = x.shape.slice(0, -1);
	const shape = [...lead, pairs];
	const two = reshape(g, x, [
		...lead.map(() => 0),
		pairs,
		2
	], [...shape, 2]);
	const pick = (i) => reshape(g, columns(g, two, i, i + 1), [...lead.map(() => 0), pairs], shape);
	return [pick(0), pick(1)];
}
/** The inverse of `neighbours`. */
function woven(g, even, odd, size) {
	const lead = even.shape.slice(0, -1);
	const zeros = lead.map(() => 0);
	const column = (x) => reshape(g, x, [
		...zeros,
		size / 2,
		1
	], [...x.shape, 1]);
	return reshape(g, concat(g, [column(even), column(odd)], even.shape.length, [...even.shape, 2]), [...zeros, size], [...lead, size]);
}
function joined(g, parts, width) {
	const [first] = parts;
	return concat(g, parts, 3, [...first?.shape.slice(0, -1) ?? [], width]);
}
// src/models/graph/tiled-attention.ts
/** 64 rows are quicker at 512 positions, slower at 2,048. */
const CPU_TILING = {
	rows: 128,
	beyondEnd: "nothing"
};
/** For GPUs. */
const SAFE_TILING = {
	rows: 128,
	beyondEnd: "last row"
};
/** Added to a score that a query may not see: e to its power is 0 beside any score that it may. */
const HIDDEN_SCORE = -3e38;
/** What a tile adds to its scores. One per graph: layers with the same window share. */
var CausalMasks = class {
	#g;
	#tiling;
	#longest;
	#type;
	/** n, as (1) int64 */
	#length;
	#masks = /* @__PURE__ */ new Map();
	#starts = /* @__PURE__ */ new Map();
	/** `type`: of the scores. */
	constructor(g, tiling, longest, length, type = "float32") {
		this.#g = g;
		this.#tiling = tiling;
		this.#longest = longest;
		this.#type = type;
		this.#length = reshape(g, cast(g, length, "int64"), [1], [1]);
	}
	get type() {
		return this.#type;
	}
	/** Tiles of query rows with the first key that any of them sees. Ends are exclusive. */
	tiles(window) {
		const { rows } = this.#tiling;
		return Array.from({ length: Math.ceil(this.#longest / rows) }, (_, i) => {
			const start = i * rows;
			return {
				start,
				end: start + rows,
				firstKey: Math.max(0, start + 1 - (window ?? 1e400))
			};
		});
	}
	/** The results of all tiles, along `axis`, without those beyond the end. */
	trimmed(x, axis) {
		return this.#tiling.beyondEnd === "nothing" || this.#longest <= this.#tiling.rows ? x : range(this.#g, x, axis, this.#g.integers([0]), this.#length);
	}
	/** Where to begin for `position`: there, or if it must exist at the last that does; (1) int64. */
	from(position) {
		const g = this.#g;
		if (position === 0 || this.#tiling.beyondEnd === "nothing") return g.integers([position]);
		const known = this.#starts.get(position) ?? min$1(g, sub(g, this.#length, g.integers([1])), g.integers([position]));
		this.#starts.set(position, known);
		return known;
	}
	/** (rows of the tile that there are, keys that there are) */
	of(start, end, firstKey, window) {
		const name = `${start} ${window}`;
		const known = this.#masks.get(name) ?? this.#cut(start, end, firstKey, window);
		this.#masks.set(name, known);
		return known;
	}
	/**
	* A mask depends on the distance of key and query only, so all are cut out of one band: its column c is the key that
	* stands c − longest after the tile's first query.
	*/
	#cut(start, end, firstKey, window) {
		const g = this.#g;
		const left = this.#longest - start + firstKey;
		const first = concat(g, [this.from(start), this.from(firstKey)], 0, [2]);
		const sizes = sub(g, min$1(g, this.#length, g.integers([end, end])), first);
		const ends = add(g, max(g, sizes, g.integers([0, 0])), g.integers([0, left]));
		return slice$1(g, this.#band(window), g.integers([0, left]), ends, ["n_query", "n_key"]);
	}
	#band(window) {
		const { rows } = this.#tiling;
		const width = this.#longest + rows;
		const size = rows * width;
		const band = this.#type === "float64" ? new Float64Array(size) : new Float32Array(size);
		for (let row = 0; row < rows; row++) for (let column = 0; column < width; column++) {
			const distance = row - (column - this.#longest);
			const visible = distance >= 0 && (window === null || distance < window);
			band[row * width + column] = visible ? 0 : HIDDEN_SCORE;
		}
		const name = `causal_${window}`;
		const known = this.#masks.get(name) ?? this.#g.initializer(name, this.#type, [rows, width], band);
		this.#masks.set(name, known);
		return known;
	}
};
/** q (B, n, H·R·D), k and v (B, n, H·D), of the masks' type → (B, n, H·R·D) */
function tiledAttention(g, q, k, v, masks, shape) {
	const { sequences: B, heads, kvHeads: H, headSize: D, scale, softcap, window, rounded } = shape;
	const R = heads / H;
	const split = (x, repeats) => reshape(g, x, [
		B,
		-1,
		H,
		repeats,
		D
	], [
		B,
		"n_token",
		H,
		repeats,
		D
	]);
	const queries = transpose$1(g, split(scale === 1 ? q : mul(g, q, g.scalar(masks.type, scale)), R), [
		0,
		2,
		3,
		1,
		4
	]);
	const keys = transpose$1(g, split(k, 1), [
		0,
		2,
		3,
		4,
		1
	]);
	const values = transpose$1(g, split(v, 1), [
		0,
		2,
		3,
		1,
		4
	]);
	const parts = masks.tiles(window).map(({ start, end, firstKey }) => {
		const some = (x, axis, from) => range(g, x, axis, masks.from(from), g.integers([end]));
		let scores = matMul(g, some(queries, 3, start), some(keys, 4, firstKey));
		if (softcap !== null) {
			const cap = g.scalar(masks.type, softcap);
			scores = mul(g, tanh(g, div(g, scores, cap)), cap);
		}
		const shares = softmax(g, add(g, scores, masks.of(start, end, firstKey, window)));
		return matMul(g, rounded?.(shares) ?? shares, some(values, 3, firstKey));
	});
	return reshape(g, transpose$1(g, masks.trimmed(concat(g, parts, 3, [
		B,
		H,
		R,
		"n_token",
		D
	]), 3), [
		0,
		3,
		1,
		2,
		4
	]), [
		B,
		-1,
		heads * D
	], [
		B,
		"n_token",
		heads * D
	]);
}
// src/models/graph/attention.ts
/** @file Attention of one block: projections, norms of q and k, rotation, causal attention, output projection. */
/** x (n_row, d_model) wide, already normed → attention output (n_row, d_model) wide. Taps q, k, v and z. */
async function attention(scope, x) {
	const { w, block, weights, layer, places } = scope;
	const { heads, headSize, kvHeads } = block.attention;
	places.read(layer, "qkv", x);
	const q = await project(scope, x, weights.q, weights.qNorm, heads, "q");
	const k = await project(scope, x, weights.k, weights.kNorm, kvHeads, "k");
	const valued = places.pass(layer, "attn.hook_v", await w.linearTyped(x, weights.v, `blocks.${layer}.v`));
	const attended = attend(scope, q, k, toSequence(scope, cast(w.g, valued, w.type), kvHeads * headSize));
	const rows = reshape(w.g, attended, [-1, heads * headSize], ["n_row", heads * headSize]);
	const z = places.pass(layer, "attn.hook_z", rows);
	places.read(layer, "o", z);
	return await w.linear(z, weights.o, `blocks.${layer}.o`);
}
/** q, k, v (sequences, n_token, ·) → (sequences, n_token, heads · headSize) */
function attend(scope, q, k, v) {
	const { w, block, inputs } = scope;
	const { g } = w;
	const { masks } = inputs;
	const { heads, kvHeads, headSize, scale, softcap, window } = block.attention;
	if (masks !== null) {
		const shape = {
			sequences: inputs.sequences,
			heads,
			kvHeads,
			headSize,
			scale,
			softcap,
			window
		};
		const rounded = (x) => w.operand(x);
		return rounded(tiledAttention(g, q, k, v, masks, {
			...shape,
			rounded
		}));
	}
	return narrowed(scope, groupQueryAttention(g, ...[
		widened(scope, q, heads),
		widened(scope, k, kvHeads),
		widened(scope, v, kvHeads)
	], inputs, {
		heads,
		kvHeads,
		scale,
		softcap,
		window
	}));
}
/** q or k: (sequences, n_token, heads · headSize), normed and rotated. */
async function project(scope, x, linear, norm, heads, role) {
	const { w, block, layer, inputs } = scope;
	const { g } = w;
	const { headSize, qkNorm, rotary } = block.attention;
	const width = heads * headSize;
	const typed = await w.linearTyped(x, linear, `blocks.${layer}.${role}`);
	let projected = cast(g, scope.places.pass(layer, `attn.hook_${role}`, typed), w.type);
	if (norm !== null && qkNorm !== "none") {
		const normSpec = {
			...scope.norm,
			kind: "rms"
		};
		const groups = qkNorm === "head" ? headSize : width;
		const rows = reshape(g, cast(g, projected, w.wide), [-1, groups], ["n_group", groups]);
		projected = await w.norm(rows, normSpec, norm, `blocks.${layer}.${role}_norm`);
	}
	const shaped = toSequence(scope, projected, width);
	if (rotary === null || scope.rotary === null) return w.operand(shaped);
	const tables = {
		...scope.rotary,
		size: rotary.size,
		interleaved: rotary.pairing === "interleaved"
	};
	const wide = cast(g, shaped, w.wide);
	const turned = w.type === "float64" ? rotaryEmbedding(g, wide, tables, heads, inputs.length) : rotaryEmbedding$1(g, wide, tables, heads);
	return w.operand(turned);
}
/** onnxruntime's attention takes head sizes that are multiples of this. */
const HEAD_SIZE_STEP = 8;
/** Zeros behind every head up to a size that the kernel takes (TinyStories-1M has heads of 4): q·k stays the same. */
function widened({ w, block, inputs: { sequences } }, x, heads) {
	const { g } = w;
	const { headSize } = block.attention;
	const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP;
	if (size === headSize) return x;
	const split = reshape(g, x, [
		sequences,
		-1,
		heads,
		headSize
	], [
		sequences,
		"n_token",
		heads,
		headSize
	]);
	const shape = [
		sequences,
		"n_token",
		heads,
		size
	];
	return reshape(g, cast(g, padLast(g, cast(g, split, w.wide), size - headSize, shape), x.type), [
		sequences,
		-1,
		heads * size
	], [
		sequences,
		"n_token",
		heads * size
	]);
}
/** The inverse for the attention output, whose padded entries are zero. */
function narrowed({ w: { g }, block, inputs: { sequences } }, z) {
	const { heads, headSize } = block.attention;
	const size = Math.ceil(headSize / HEAD_SIZE_STEP) * HEAD_SIZE_STEP;
	if (size === headSize) return z;
	return firstOfLast(g, reshape(g, z, [
		sequences,
		-1,
		heads,
		size
	], [
		sequences,
		"n_token",
		heads,
		size
	]), headSize, [
		sequences,
		"n_token",
		heads,
		headSize
	]);
}
function toSequence({ w: { g }, inputs: { sequences } }, x, width) {
	return reshape(g, x, [
		sequences,
		-1,
		width
	], [
		sequences,
		"n_token",
		width
	]);
}
// src/models/graph/mlp.ts
/**
* @file The MLP of one block, plain or gated: all hidden units at once, or a tile of them at a time, whose part of the
* output is then added up. On the CPU tiles are a tenth quicker: not wider than the run has rows, they leave every thread with
* rows of its own, and between the two products they stay in its core's cache.
*/
/** x (n_row, d_model) wide, already normed → (n_row, d_model) wide. */
async function mlp(scope, x) {
	const { w, weights, layer, hiddenTile } = scope;
	scope.places.read(layer, "up", x);
	return hiddenTile === null || w.type !== "float32" || w.quantizes(weights.down) ? await wholeMlp(scope, x) : await tiledMlp(scope, x, hiddenTile);
}
async function wholeMlp(scope, x) {
	const { w, weights, layer } = scope;
	const inner = await hiddenUnits(scope, x);
	scope.places.read(layer, "down", inner);
	return await w.linear(inner, weights.down, `blocks.${layer}.down`);
}
/** (n_row, d_mlp) wide: what the second matrix reads. */
async function hiddenUnits({ w, block, weights, layer }, x) {
	const { activation } = block.mlp;
	const up = await w.linear(x, weights.up, `blocks.${layer}.up`);
	if (weights.gate === null) return activate$1(w.g, up, activation);
	const gate = await w.linear(x, weights.gate, `blocks.${layer}.gate`);
	return mul(w.g, activate$1(w.g, gate, activation), up);
}
async function tiledMlp(scope, x, hiddenTile) {
	const { w, block, weights, layer, places } = scope;
	const { g } = w;
	const { activation, size } = block.mlp;
	const named = (role) => `blocks.${layer}.${role}`;
	const gate = weights.gate === null ? null : await w.outputTiles(weights.gate, named("gate"));
	const up = await w.outputTiles(weights.up, named("up"));
	const down = await w.inputTiles(weights.down, named("down"));
	const inner = (tile) => {
		if (gate === null) return activate$1(g, up(x, tile), activation);
		return mul(g, activate$1(g, gate(x, tile), activation), up(x, tile));
	};
	const parts = [];
	let sum = null;
	for (const tile of hiddenTiles(size, hiddenTile)) {
		const part = inner(tile);
		parts.push(part);
		sum = down(part, tile, sum);
	}
	if (sum === null) throw new RangeError("an MLP without hidden units");
	if (places.sums(layer, "down")) places.read(layer, "down", concat(g, parts, 1, ["n_row", size]));
	return sum;
}
/** Tiles that cover `size` units, each at most `tile` wide. */
function hiddenTiles(size, tile) {
	return Array.from({ length: Math.ceil(size / tile) }, (_, i) => [i * tile, Math.min((i + 1) * tile, size)]);
}
function activate$1(g, x, activation) {
	const { gelu, silu } = x.type === "float64" ? double_ops_exports : layer_ops_exports;
	switch (activation) {
		case "gelu": return gelu(g, x, "none");
		case "gelu_tanh": return gelu(g, x, "tanh");
		case "silu": return silu(g, x);
		case "relu": return relu(g, x);
	}
}
// src/models/graph/block.ts
/** (n_row, d_model) → (n_row, d_model) */
async function runBlock(scope, before) {
	const { w, norm, block, weights, layer, places } = scope;
	const named = (role) => `blocks.${layer}.${role}`;
	const input = places.pass(layer, "hook_resid_pre", before);
	const normed = weights.preAttention ? await w.norm(input, norm, weights.preAttention, named("pre_attention")) : input;
	let attended = places.pass(layer, "attn.hook_out", await attention(scope, normed));
	if (weights.postAttention) attended = await w.norm(attended, norm, weights.postAttention, named("post_attention"));
	attended = places.pass(layer, "hook_attn_out", scaled(scope, attended));
	let middle = add(w.g, input, attended);
	if (block.layout === "sequential") middle = places.pass(layer, "hook_resid_mid", middle);
	const mlpInput = block.layout === "parallel" ? input : middle;
	const mlpNormed = weights.preMlp ? await w.norm(mlpInput, norm, weights.preMlp, named("pre_mlp")) : mlpInput;
	await places.aside(layer, "ln2.hook_normalized", async () => norm.kind === "rms" ? w.unitNorm(mlpInput, norm, named("pre_mlp")) : mlpNormed);
	let out = await mlp(scope, places.pass(layer, "mlp.hook_in", mlpNormed));
	out = places.pass(layer, "mlp.hook_out", out);
	if (weights.postMlp) out = await w.norm(out, norm, weights.postMlp, named("post_mlp"));
	out = places.pass(layer, "hook_mlp_out", scaled(scope, out));
	return places.pass(layer, "hook_resid_post", add(w.g, middle, out));
}
/** As it is added to the residual stream. */
function scaled({ w, residualScale }, added) {
	return residualScale === 1 ? added : mul(w.g, added, w.g.scalar(w.wide, residualScale));
}
// src/models/graph/places.ts
/** @file The places of a body where a program reads, changes or sums: what it has to do there, and what came of it. */
/** The embeddings tell how the residual stream was turned, not how the heads were, and a norm's gain is not turned with it. */
const OTHER_TURNED = "the candidate is rotated, and this place is not in the residual stream that the rotation is known of";
/** Modules' outputs are added to the stream, and an RMS norm without its gain turns with what it reads. */
const turnsWithStream = (name, norm) => isInStream({
	layer: 0,
	name
}) || name === "attn.hook_out" || name === "mlp.hook_out" || name === "ln2.hook_normalized" && norm.kind === "rms";
var BodyPlaces = class {
	/** By hook, and by sum. */
	values = /* @__PURE__ */ new Map();
	#w;
	#taps;
	#edits;
	#program;
	#countedRows;
	#norm;
	/** (d_model, d_model); null: rows are read as they are. */
	#turn;
	constructor(w, program, { basis, decoder }, countedRows) {
		this.#w = w;
		this.#program = program;
		this.#countedRows = countedRows;
		this.#taps = new Set(program.taps.map(hookName));
		this.#edits = new Map(program.edits.map(({ hook, apply }) => [hookName(hook), apply]));
		const { d_model, norm } = decoder.spec;
		this.#norm = norm;
		this.#turn = basis === null ? null : w.constant("basis", [d_model, d_model], basis);
	}
	/** What goes on from a hook where `value` arrives: itself, or what the edit makes of it. */
	pass(layer, name, value) {
		const { g, wide } = this.#w;
		const hook = hookName({
			layer,
			name
		});
		const edit = this.#edits.get(hook);
		const isTapped = this.#taps.has(hook);
		if (edit === void 0 && !isTapped) return value;
		if (this.#turn !== null && !turnsWithStream(name, this.#norm)) throw hookMissing(hook, OTHER_TURNED);
		const arrived = cast(g, value, wide);
		const rows = this.#turn === null ? arrived : matMul(g, arrived, this.#turn);
		const read = edit === void 0 ? rows : edit(g, rows);
		if (isTapped) this.values.set(hook, read);
		if (edit === void 0) return value;
		return this.#turn === null ? read : matMul(g, read, transpose$1(g, this.#turn, [1, 0]));
	}
	/** A value that the model itself does not make: it is made where it is read, and cannot be changed. */
	async aside(layer, name, make) {
		const hook = hookName({
			layer,
			name
		});
		if (this.#edits.has(hook)) throw hookMissing(hook, "the model does not go on with it, so it cannot be changed");
		if (this.#taps.has(hook)) this.pass(layer, name, await make());
	}
	/** Is the input of this matrix summed? */
	sums(layer, name) {
		return this.#program.sums.some(({ input }) => input.layer === layer && input.name === name);
	}
	/** Sum x (n_row, width), which the matrices of that name read. */
	read(layer, name, x) {
		const wanted = targetInputName({
			layer,
			name
		});
		for (const sum of this.#program.sums) if (targetInputName(sum.input) === wanted) this.values.set(sumName(sum), this.#summed(x, sum.of));
	}
	#summed(value, of) {
		const { g, wide } = this.#w;
		if (this.#countedRows === null) throw new RangeError("sums without counted rows");
		const x = cast(g, value, wide);
		if (of === "products") return matMul(g, transpose$1(g, mul(g, x, this.#countedRows), [1, 0]), x);
		return matMul(g, transpose$1(g, this.#countedRows, [1, 0]), mul(g, x, x));
	}
};
// src/models/graph/shape.ts
/** (n_row, 1), with programs that sum: 1 for rows that count, 0 for those that fill up. */
const COUNTED_ROWS = "counted_rows";
/** Residual stream, norms and masks are in this type. */
function wideType(type) {
	return type === "float64" ? "float64" : "float32";
}
/** Inputs `ids` (where a program begins with them), `last_position`, `length`, and `counted_rows` (where one sums). */
function sequenceInputs(g, shape, programs) {
	const { sequences, tiling, length: longest } = shape;
	const wide = wideType(shape.type);
	const hasSums = programs.some(({ sums }) => sums.length > 0);
	const hasIds = programs.some(({ from }) => from === "ids");
	const lastPosition = g.input("last_position", "int32", [sequences]);
	const length = g.input("length", "int32", []);
	return {
		sequences,
		ids: hasIds ? g.input("ids", "int64", [sequences, "n_token"]) : null,
		lastPosition,
		length,
		countedRows: hasSums ? g.input(COUNTED_ROWS, wide, ["n_row", 1]) : null,
		masks: tiling === null ? null : new CausalMasks(g, tiling, longest, length, wide)
	};
}
// src/models/graph/fake-quantize.ts
/** x (n_row, K) float32 → the values it stands for after quantization, (n_row, K). `weight` names the layer in messages. */
function fakeQuantize(g, x, quantization, weight) {
	const K = x.shape.at(-1);
	const { groupSize, strategy } = quantization;
	if (!(groupSize !== null && (strategy === "group" || strategy === "tensor_group")) || typeof K !== "number") return quantizeExtents(g, x, quantization);
	if (K % groupSize !== 0) throw activationGroups(weight, K, groupSize);
	return reshape(g, quantizeExtents(g, reshape(g, x, [-1, groupSize], ["n_group", groupSize]), quantization), [-1, K], x.shape);
}
/** The last axis, or all of x, is one extent. */
function quantizeExtents(g, x, q) {
	const { outlierThreshold } = q;
	if (outlierThreshold === null) return dequantized(g, x, scales(g, x, q), q);
	const threshold = g.scalar("float32", outlierThreshold);
	const magnitude = abs(g, x);
	const small = where(g, less(g, magnitude, threshold), x, g.scalar("float32", 0));
	return where(g, less(g, reduceMax(g, magnitude, 0), threshold), dequantized(g, x, scales(g, small, q), q), x);
}
function scales(g, x, q) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	if (!q.dynamic && q.scale !== null) return {
		scale: constant(q.scale),
		zero: q.zeroPoint ? constant(q.zeroPoint) : null
	};
	const axis = q.strategy === "tensor" ? null : -1;
	if (!q.symmetric) return asymmetricScales(g, x, q, axis);
	let amax = reduceMax(g, abs(g, x), axis);
	if (q.largestAmax !== null) amax = min$1(g, amax, constant(q.largestAmax));
	if (q.globalScale !== null) return {
		scale: blockScale(g, amax, q, q.globalScale),
		zero: null
	};
	const size = q.powerOfTwo ? roundedPower(g, amax) : amax;
	const scale = div(g, size, constant(q.scaleDivisor));
	return {
		scale: max(g, scale, constant(q.minimumScale)),
		zero: null
	};
}
/**
* The power of two at amax or below it, twice that from 1.75 times it on: amax without its fraction once a quarter was added
* to that (compressed-tensors, `round_to_power_2`). t − (t − x) with t = (2²³ + 1) x is x rounded to one bit (Veltkamp);
* what was rounded up is halved again.
*/
function roundedPower(g, amax) {
	const constant = (value) => g.scalar("float32", value);
	const wide = mul(g, amax, constant(2 ** 23 + 1));
	const nearest = sub(g, wide, sub(g, wide, amax));
	const below = where(g, greater(g, nearest, amax), mul(g, nearest, constant(.5)), nearest);
	return where(g, less(g, amax, mul(g, below, constant(1.75))), below, mul(g, below, constant(2)));
}
function asymmetricScales(g, x, q, axis) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	const low = min$1(g, reduceMin(g, x, axis), constant(0));
	const high = max(g, reduceMax(g, x, axis), constant(0));
	const span = div(g, sub(g, high, low), constant(q.scaleDivisor));
	const scale = max(g, span, constant(q.minimumScale));
	const [bottom, top] = q.levels;
	const zero = sub(g, constant(bottom), div(g, low, scale));
	return {
		scale,
		zero: round(g, clip(g, zero, constant(bottom), constant(top)))
	};
}
/** NVFP4: the scale of a group is itself a float8, relative to the tensor's. */
function blockScale(g, amax, q, globalScale) {
	const constant = (value) => g.scalar("float32", Math.fround(value));
	const block = toFloat8(g, clip(g, div(g, mul(g, constant(globalScale), amax), constant(q.scaleDivisor)), constant(-448), constant(448)));
	const nonZero = where(g, greater(g, block, constant(0)), block, constant(.125));
	return div(g, nonZero, constant(globalScale));
}
/** (round(clamp(x / scale + zero, levels)) − zero) · scale */
function dequantized(g, x, { scale, zero }, q) {
	const [bottom, top] = q.levels;
	const divided = div(g, x, scale);
	const level = nearestLevel(g, clip(g, zero === null ? divided : add(g, divided, zero), g.scalar("float32", bottom), g.scalar("float32", top)), q);
	return mul(g, zero === null ? level : sub(g, level, zero), scale);
}
function nearestLevel(g, x, { type, bits }) {
	if (type === "int") return round(g, x);
	return bits === 8 ? toFloat8(g, x) : toFloat4(g, x);
}
/** To the nearest float8 e4m3fn, ties to even; |x| ≤ 448. */
function toFloat8(g, x) {
	return cast(g, cast(g, x, "float8e4m3fn"), "float32");
}
/** To the nearest of ±{0, ½, 1, 1½, 2, 3, 4, 6}: steps of ½ below 2, 1 below 4, 2 above; ties to even mantissa. */
function toFloat4(g, x) {
	const constant = (value) => g.scalar("float32", value);
	const magnitude = abs(g, x);
	const step = where(g, less(g, magnitude, constant(2)), constant(.5), where(g, less(g, magnitude, constant(4)), constant(1), constant(2)));
	return mul(g, round(g, div(g, x, step)), step);
}
// src/models/graph/weights.ts
var GraphWeights = class {
	g;
	#reader;
	#type;
	#rounding;
	#activations;
	#name;
	/** Inputs that were quantized already: q, k and v read the same one. */
	#quantized = /* @__PURE__ */ new Map();
	/** `name` is put before the names of all constants, so that two models fit into one graph. */
	constructor(g, reader, { type, rounding = null }, activations, name = "") {
		this.g = g;
		this.#reader = reader;
		this.#type = type;
		this.#rounding = rounding;
		this.#activations = activations;
		this.#name = name;
	}
	/** Type of the operands of matrix products. */
	get type() {
		return this.#type;
	}
	/** Type of the residual stream, of norms and of activation functions. */
	get wide() {
		return this.#type === "float64" ? "float64" : "float32";
	}
	/** A value as operands are: in their type, and rounded where the rounding is emulated. */
	operand(x) {
		const { g } = this;
		if (this.#rounding === null) return cast(g, x, this.#type);
		return cast(g, cast(g, x, this.#rounding), "float32");
	}
	/** A stored value as a constant of the graph, in the operand type. */
	async #operandOf(ref, name) {
		if (this.#type === "float64") return this.#vector(name, await this.#wideData(ref));
		const stored = await this.#reader.read(ref, this.#rounding ?? this.#type);
		if (this.#rounding === null) return this.#stored(name, stored);
		return this.#vector(name, {
			shape: stored.shape,
			data: asFloat32(stored)
		});
	}
	async #wideData(ref) {
		if (this.wide === "float64") return await this.#reader.readExact(ref);
		const stored = await this.#reader.read(ref, "float32");
		return {
			shape: stored.shape,
			data: asFloat32(stored)
		};
	}
	#vector(name, { shape, data }) {
		return this.g.initializer(this.#name + name, this.wide, shape, data);
	}
	#stored(name, { type, shape, data }) {
		return this.g.initializer(this.#name + name, type, shape, data);
	}
	/** Numbers that are no weight of the checkpoint, wide. */
	constant(name, shape, data) {
		return this.#vector(name, {
			shape,
			data: this.wide === "float64" ? Float64Array.from(data) : data
		});
	}
	/** A matrix of which only rows are taken: stays in the type it is stored in. */
	async table(ref, name) {
		return this.#stored(name, await this.#reader.read(ref, "stored"));
	}
	/** x (n_row, in) → (n_row, out), wide: rounded to the operand type on the way in. */
	async linear(x, ref, name) {
		return cast(this.g, await this.linearTyped(x, ref, name), this.wide);
	}
	/** Like `linear`, but the result stays in the operand type (for q, k, v on their way into attention). */
	async linearTyped(x, ref, name) {
		const g = this.g;
		const matrix = await this.#operandOf(ref.weight, `${name}.weight`);
		const bias = ref.bias === null ? null : await this.#operandOf(ref.bias, `${name}.bias`);
		const input = this.quantizedInput(x, ref.weight.tensor);
		const product = gemm(g, this.operand(input), matrix, bias);
		return this.#rounding === null ? product : this.operand(product);
	}
	/** Does this layer quantize its input? */
	quantizes(ref) {
		return this.#activations.has(ref.weight.tensor);
	}
	/** A float32 layer whose outputs [start, end) can be had apart: x (n_row, in) → (n_row, end − start). */
	async outputTiles(ref, name) {
		const g = this.g;
		const { shape, data } = await this.#wideData(ref.weight);
		const bias = ref.bias === null ? null : (await this.#wideData(ref.bias)).data;
		const [, inputs = 0] = shape;
		return (x, [start, end]) => {
			const named = (part) => `${name}.${part}.${start}`;
			const rows = data.subarray(start * inputs, end * inputs);
			const matrix = this.#vector(named("weight"), {
				shape: [end - start, inputs],
				data: rows
			});
			const offset = bias === null ? null : this.#vector(named("bias"), {
				shape: [end - start],
				data: bias.subarray(start, end)
			});
			return gemm(g, this.quantizedInput(x, ref.weight.tensor), matrix, offset);
		};
	}
	/**
	* A float32 layer that is summed over its inputs a tile at a time: x (n_row, end − start) and the sum so far (null at
	* first: the bias) → (n_row, out). Not for layers that quantize their input.
	*/
	async inputTiles(ref, name) {
		const g = this.g;
		const { shape, data } = await this.#wideData(ref.weight);
		const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias));
		const [outputs = 0, inputs = 0] = shape;
		return (x, [start, end], sum) => {
			const columns = new Float32Array(outputs * (end - start));
			for (let row = 0; row < outputs; row++) columns.set(data.subarray(row * inputs + start, row * inputs + end), row * (end - start));
			const tile = {
				shape: [outputs, end - start],
				data: columns
			};
			return gemm(g, x, this.#vector(`${name}.weight.${start}`, tile), sum ?? bias);
		};
	}
	/** x (n_row, in) wide, quantized and dequantized (float32 only) as the layer of that weight declares. */
	quantizedInput(x, weightTensor) {
		const quantization = this.#activations.get(weightTensor);
		if (quantization === void 0) return x;
		const key = `${x.name} ${JSON.stringify(quantization)}`;
		const known = this.#quantized.get(key) ?? fakeQuantize(this.g, x, quantization, weightTensor);
		this.#quantized.set(key, known);
		return known;
	}
	/** A norm over the last axis, wide. */
	async norm(x, spec, ref, name) {
		const g = this.g;
		const gain = ref.gain === null ? this.#ones(x, `${name}.gain`) : await this.#gain(ref.gain, spec, `${name}.gain`);
		const { epsilon } = spec;
		const input = this.wide === "float64" ? forEpsilon(g, x, epsilon) : {
			x,
			epsilon
		};
		if (spec.kind === "rms") return simplifiedLayerNormalization(g, input.x, gain, input.epsilon);
		const bias = ref.bias === null ? null : this.#vector(`${name}.bias`, await this.#wideData(ref.bias));
		return layerNormalization(g, input.x, gain, bias, input.epsilon);
	}
	async #gain(ref, { gainOffset }, name) {
		const { shape, data } = await this.#wideData(ref);
		const centred = gainOffset === 0 ? data : data.map((gain) => gain + gainOffset);
		return this.#vector(name, {
			shape,
			data: centred
		});
	}
	/** As many as x is wide. */
	#ones(x, name) {
		const width = x.shape.at(-1);
		if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
		return this.constant(name, [width], new Float32Array(width).fill(1));
	}
	/** An RMS norm over the last axis without its gain. */
	unitNorm(x, { epsilon }, name) {
		const g = this.g;
		const gain = this.#ones(x, `${name}.unit_gain`);
		const input = this.wide === "float64" ? forEpsilon(g, x, epsilon) : {
			x,
			epsilon
		};
		return simplifiedLayerNormalization(g, input.x, gain, input.epsilon);
	}
	/**
	* cos and sin tables (length, size/2), one pair per distinct rotary spec. Angles are computed in float64 and rounded
	* once at most: float32 angles would be off by 1e-4 at position 2,000.
	*/
	rotaryTables(blocks, length) {
		const tables = /* @__PURE__ */ new Map();
		for (const { attention } of blocks) {
			const { rotary } = attention;
			if (rotary === null || tables.has(JSON.stringify(rotary))) continue;
			const name = `rotary_${tables.size}`;
			const shape = [length, rotary.size / 2];
			const [cos, sin] = angles(rotary, length);
			const table = (part, exact) => {
				const data = this.wide === "float64" ? exact : Float32Array.from(exact);
				return this.#vector(`${name}.${part}`, {
					shape,
					data
				});
			};
			tables.set(JSON.stringify(rotary), {
				cos: table("cos", cos),
				sin: table("sin", sin)
			});
		}
		return (rotary) => rotary === null ? null : tables.get(JSON.stringify(rotary)) ?? null;
	}
};
function angles(rotary, length) {
	const pairs = rotary.size / 2;
	const cos = new Float64Array(length * pairs);
	const sin = new Float64Array(length * pairs);
	for (let position = 0; position < length; position++) for (let pair = 0; pair < pairs; pair++) {
		const angle = position * (rotary.inverseFrequency[pair] ?? 0);
		cos[position * pairs + pair] = Math.cos(angle) * rotary.amplitude;
		sin[position * pairs + pair] = Math.sin(angle) * rotary.amplitude;
	}
	return [cos, sin];
}
// src/models/graph/body.ts
/**
* @file The body of a decoder as a fragment of an ONNX graph, or as a graph of its own: from token ids or stored rows to
* rows or the final normed hidden state, with what a program reads and changes on the way (body-program.ts).
*
* Shapes: sequences of n_token tokens run together; n_row = sequences · n_token rows of the residual stream.
* The residual stream, norms and activation functions are float32 on every device; on a GPU only what goes into a
* matrix product or attention is rounded to the checkpoint's 16-bit type. So the CPU graph is the same graph without
* the casts. With operands in float64 everything is float64 ("wide"), on the CPU only and with tiled attention only: what
* float32 is checked against (audit/close-calls/close-calls.ts). The unembedding is not here: see head.ts.
*/
const HIDDEN = "hidden";
/** The residual stream between two parts of a body: an output of one is an input of the next. */
const RESIDUAL = "residual";
const RESIDUAL_BEFORE = "residual_before";
/**
* Add a body to a graph. `before`: the rows that it starts from, wide; null where it starts from the ids. `name` tells its weights
* from those of another body in the same graph. Errors: HOOK_MISSING, the reader's own.
*/
async function bodyFragment(g, { model, program, shape, reader }, inputs, before, name = "") {
	const { decoder } = model;
	const { spec, weights } = decoder;
	checkProgram(program, decoder);
	const w = new GraphWeights(g, reader, shape, model.activations, name);
	const places = new BodyPlaces(w, program, model, inputs.countedRows);
	let residual = before ?? await embed(w, decoder, inputs, places);
	const rotary = w.rotaryTables(spec.blocks, shape.length);
	const [first, end] = blockRange(program, decoder);
	for (let layer = first; layer < end; layer++) {
		const [block, blockWeights] = [spec.blocks[layer], weights.blocks[layer]];
		if (block === void 0 || blockWeights === void 0) throw new RangeError(`no block ${layer}`);
		const { hiddenTile } = shape;
		const tables = rotary(block.attention.rotary);
		const { norm, residualScale } = spec;
		residual = await runBlock({
			w,
			norm,
			residualScale,
			block,
			weights: blockWeights,
			layer,
			inputs,
			rotary: tables,
			hiddenTile,
			places
		}, residual);
	}
	if (program.to !== "hidden") return {
		end: residual,
		values: places.values
	};
	const normed = await w.norm(residual, spec.norm, weights.finalNorm, "final_norm");
	return {
		end: w.quantizedInput(normed, weights.unembedding.weight.tensor),
		values: places.values
	};
}
/**
* A body as a graph of its own: besides the inputs of its sequences it takes `residual_before` where it starts from rows. Outputs: its
* taps under their hooks' names, its sums, and `residual` or `hidden` (n_row, d_model). Errors: HOOK_MISSING, the reader's own.
*/
async function buildBody(part) {
	const { program, shape, model } = part;
	const g = new GraphBuilder();
	const { end, values } = await bodyFragment(g, part, sequenceInputs(g, shape, [program]), program.from === "ids" ? null : g.input(RESIDUAL_BEFORE, wideType(shape.type), ["n_row", model.decoder.spec.d_model]));
	g.outputs(values);
	g.output(program.to === "hidden" ? HIDDEN : RESIDUAL, end);
	return g.build();
}
/** (n_row, d_model) wide: the embedding rows, scaled, plus learned positions. */
async function embed(w, decoder, { ids, length, sequences }, places) {
	const { g } = w;
	const { spec, weights } = decoder;
	if (ids === null) throw new RangeError("a body without ids or rows to start from");
	let rows = cast(g, gather(g, await w.table(weights.embedding, "embedding"), ids), w.wide);
	if (spec.embeddingScale !== 1) rows = mul(g, rows, g.scalar(w.wide, spec.embeddingScale));
	const tokens = reshape(g, rows, [-1, spec.d_model], ["n_row", spec.d_model]);
	const passed = places.pass(0, "hook_embed", tokens);
	if (weights.positions === null) return passed;
	rows = reshape(g, passed, [
		sequences,
		-1,
		spec.d_model
	], [
		sequences,
		"n_token",
		spec.d_model
	]);
	const positions = cast(g, await w.table(weights.positions, "positions"), w.wide);
	rows = add(g, rows, firstRows(g, positions, length));
	return reshape(g, rows, [-1, spec.d_model], ["n_row", spec.d_model]);
}
// src/audit/machine/run-size.ts
/** Rows in a run on a GPU, where its memory allows. */
const GPU_ROWS = 4096;
/** More parts than this would make 512 rows sums of few. */
const MOST_PARTS = 16;
function runSize({ kind, threads, rows = GPU_ROWS }) {
	if (kind !== "cpu") return {
		bodyRows: rows,
		hiddenTile: null,
		headRows: rows,
		headTile: 8192,
		featureRows: rows,
		featureTile: 4096,
		rowParts: MOST_PARTS
	};
	return {
		bodyRows: 512,
		hiddenTile: 512,
		headRows: 1024,
		headTile: 1024,
		featureRows: 512,
		featureTile: 480,
		rowParts: Math.min(MOST_PARTS, Math.max(2, threads))
	};
}
// src/audit/machine/fewer-rows.ts
/**
* @file A stage of the audit on a device whose memory may be too small for a run of the usual size: where the device says so, the stage is
* done again with half as many rows in a run, and so on. What a stage has summed is its own, so that nothing counts twice. On the CPU
* rows are few, and no smaller run would help.
*/
/** Below this the weights are what does not fit. */
const LEAST_ROWS = 128;
/** Errors: those of the stage. */
async function withFewerRows(device, stage) {
	for (let tried = device;;) try {
		return await stage(tried);
	} catch (error) {
		const { rows = GPU_ROWS } = tried;
		if (device.kind === "cpu" || !isOutOfMemory(error) || rows <= LEAST_ROWS) throw error;
		tried = {
			...tried,
			rows: rows / 2
		};
	}
}
/** As onnxruntime's arenas, CUDA, cuBLAS, cuDNN and WebGPU say it. */
function isOutOfMemory(error) {
	if (!(error instanceof SaegateError) || error.code !== "ENGINE_FAILED") return false;
	return /out of memory|failed to allocate memory|ALLOC_FAILED|CUDA failure 2\b|Not enough memory/i.test(error.message);
}
// src/audit/machine/stage-cost.ts
/** Keys that a query is multiplied with on average: attention takes its rows in tiles, and keys up to a tile's end. */
function meanKeys(length, window) {
	let products = 0;
	for (let start = 0; start < length; start += CPU_TILING.rows) {
		const end = Math.min(start + CPU_TILING.rows, length);
		products += (end - start) * (end - Math.max(0, start + 1 - (window ?? length)));
	}
	return products / length;
}
/** float64 against float32, whole bodies on the CPU: 3 to 4 times (measured on the Gemma-2 fixture). */
const FLOAT64_COST = 4;
/** Floating-point operations of the matrix products. */
const stageCost = {
	/** One forward pass without the unembedding over `tokens` in sequences of `length`, as far as block `end` (exclusive). */
	body(decoder, tokens, length, end = decoder.spec.blocks.length) {
		const { d_model, blocks } = decoder.spec;
		let perToken = 0;
		for (const { attention, mlp } of blocks.slice(0, end)) {
			const { heads, kvHeads, headSize } = attention;
			const attended = meanKeys(length, attention.window);
			perToken += 2 * d_model * headSize * (2 * heads + 2 * kvHeads);
			perToken += 4 * heads * headSize * attended;
			perToken += 2 * d_model * mlp.size * (mlp.gated ? 3 : 2);
		}
		return perToken * tokens;
	},
	/** The same in float64 on the CPU, up to block `layer`. */
	exactBody(decoder, layer, tokens, length) {
		const share = (layer + 1) / decoder.spec.blocks.length;
		return FLOAT64_COST * share * stageCost.body(decoder, tokens, length);
	},
	/** Logits of `models` models. */
	head(decoder, tokens, models) {
		return 2 * decoder.spec.d_model * decoder.spec.n_vocab * tokens * models;
	},
	/** An SAE's encoder over `models` residuals, on `features` of its features. */
	features(d_in, features, tokens, models) {
		return 2 * d_in * features * tokens * models;
	}
};
// src/audit/run/readout.ts
/** @file A read-out: one SAE at one hook of the reference. */
/** Where the read-outs read, and where what they rebuild stands: each place once. */
function hooksOf(readouts) {
	const hooks = readouts.flatMap(({ dictionary: { reads, predicts } }) => [reads, predicts]);
	return [...new Map(hooks.map((hook) => [hookName(hook), hook])).values()];
}
// src/audit/run/run.ts
/** Are losses and KL wanted? Else nothing behind the last hook is run. */
function wantsLosses({ perplexity }) {
	return perplexity.chunked || perplexity.sliding !== null;
}
// src/onnx/threads/in-flight.ts
/** @file Runs begun ahead of being used, so that every lane has work; used in the order of their items all the same. */
/**
* `begin` each item, with up to `most` begun and not yet used, and `use` the results in order: sums do not depend on which
* was ready first. A failure is raised when the others that were begun have ended.
*/
async function inOrder(items, most, begin, use) {
	const begun = [];
	const useFirst = async () => {
		const first = begun.shift();
		if (first !== void 0) await use(await first.result, first.item);
	};
	try {
		for (const item of items) {
			if (begun.length >= most) await useFirst();
			const result = begin(item);
			result.catch(() => {});
			begun.push({
				item,
				result
			});
		}
		while (begun.length > 0) await useFirst();
	} finally {
		await Promise.allSettled(begun.map(({ result }) => result));
	}
}
// src/audit/capture/capture.ts
/** @file Runs a body over the corpus and stores what it yields: the taps, and the hidden state that the head reads. */
/** Run every sequence of the plan and write its kept rows. `onTokens` hears how many tokens were run. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
async function capture(body, plan, stores, onTokens) {
	let done = 0;
	let storeRow = 0;
	await runSequences(body, plan, [...stores.keys()], async (result, batch) => {
		for (const [output, store] of stores) await storeRows({
			model: body.name,
			name: output
		}, result.float32(output), batch, {
			store,
			storeRow
		});
		for (const sequence of batch) {
			storeRow += sequence.keepTo - sequence.keepFrom;
			done += sequence.end - sequence.begin;
		}
		onTokens(done);
	});
}
/**
* Run every sequence of the plan and give `use` the named outputs, batch after batch. Sequences of one length run together,
* `body.sequences` at a time; a batch that is not full is filled up with its first sequence. Errors: ENGINE_FAILED.
*/
async function runSequences(body, plan, outputs, use) {
	const begin = (batch) => body.session.run(batchInputs(body, plan, batch), outputs);
	await inOrder(batches(plan.sequences, body.sequences), body.session.inFlight, begin, use);
}
/** Neighbouring sequences of equal length, at most `size` together. */
function* batches(sequences, size) {
	let batch = [];
	const lengthOf = (s) => s === void 0 ? 0 : s.end - s.begin;
	for (const sequence of sequences) {
		if (batch.length === size || batch.length > 0 && lengthOf(batch[0]) !== lengthOf(sequence)) {
			yield batch;
			batch = [];
		}
		batch.push(sequence);
	}
	if (batch.length > 0) yield batch;
}
function batchInputs({ sequences }, plan, batch) {
	const [first] = batch;
	if (first === void 0) throw new RangeError("an empty batch");
	const length = first.end - first.begin;
	const rows = sequences * length;
	const input = new BigInt64Array(rows);
	const counted = new Float32Array(rows);
	for (let b = 0; b < sequences; b++) {
		const sequence = batch[b] ?? first;
		const { begin, keepFrom, keepTo } = sequence;
		input.set(BigInt64Array.from(sequenceIds(plan, sequence), BigInt), b * length);
		if (b < batch.length) counted.fill(1, b * length + keepFrom - begin, b * length + keepTo - begin);
	}
	const lastPosition = new Int32Array(sequences).fill(length - 1);
	return {
		ids: {
			type: "int64",
			data: input,
			dims: [sequences, length]
		},
		last_position: {
			type: "int32",
			data: lastPosition,
			dims: [sequences]
		},
		length: {
			type: "int32",
			data: Int32Array.of(length),
			dims: []
		},
		[COUNTED_ROWS]: {
			type: "float32",
			data: counted,
			dims: [rows, 1]
		}
	};
}
/** Write the kept rows of one output of a batch. Errors: CAPTURE_NOT_FINITE, SPILL_FAILED. */
async function storeRows(output, values, batch, { store, storeRow }) {
	const { width } = store;
	let row = storeRow;
	for (const [b, { begin, end, keepFrom, keepTo }] of batch.entries()) {
		const start = b * (end - begin) + keepFrom - begin;
		const kept = values.subarray(start * width, (start + keepTo - keepFrom) * width);
		const bad = firstNonFinite(kept);
		if (bad >= 0) {
			const place = output.name === "hidden" ? "the final hidden state" : output.name;
			throw captureNotFinite(output.model, place, keepFrom + Math.floor(bad / width));
		}
		await store.write(row, kept);
		row += keepTo - keepFrom;
	}
}
// src/audit/capture/row-store.ts
/**
* @file Rows of activations [tokens, width], kept in memory while a budget lasts and in a temporary file beyond it.
* Where the system allows it the file is unlinked as soon as it is open, so that nothing is left behind however the
* process ends.
*/
/** A store of `rows` × `width`, in memory if the budget has room for all of it. Errors: SPILL_FAILED. */
async function createRowStore(rows, width, budget) {
	const bytes = rows * width * 4;
	if (bytes > budget.bytesLeft) return await spilledRows(rows, width);
	budget.bytesLeft -= bytes;
	return memoryRows(rows, width, () => {
		budget.bytesLeft += bytes;
	});
}
function memoryRows(rows, width, onClose) {
	let data = new Float32Array(rows * width);
	return {
		rows,
		width,
		inFile: false,
		write: async (firstRow, values) => data.set(values, firstRow * width),
		read: async (start, end) => data.subarray(start * width, end * width),
		close: async () => {
			if (data.length > 0 || rows === 0) onClose();
			data = /* @__PURE__ */ new Float32Array(0);
		}
	};
}
/** Rounded up to what is worth freeing: no audit needs 0.0 of anything. */
function bytesInWords(bytes) {
	return bytes < 1e9 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
async function spilledRows(rows, width) {
	const needed = bytesInWords(rows * width * 4);
	const failed = (cause) => spillFailed(tmpdir(), needed, cause instanceof Error ? cause.message : String(cause));
	const folder = await mkdtemp(join(tmpdir(), "saegate-")).catch((cause) => {
		throw failed(cause);
	});
	const path = join(folder, "rows.bin");
	const file = await open(path, "w+").catch((cause) => {
		throw failed(cause);
	});
	const unlinked = process.platform !== "win32";
	if (unlinked) await rm(folder, {
		recursive: true,
		force: true
	});
	const bytesOfRow = width * 4;
	return {
		rows,
		width,
		inFile: true,
		async write(firstRow, values) {
			const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
			for (let done = 0; done < bytes.length;) {
				const rest = bytes.subarray(done);
				const { bytesWritten } = await file.write(rest, 0, rest.length, firstRow * bytesOfRow + done).catch((cause) => {
					throw failed(cause);
				});
				done += bytesWritten;
			}
		},
		async read(start, end) {
			const bytes = new Uint8Array((end - start) * bytesOfRow);
			const { bytesRead } = await file.read(bytes, 0, bytes.length, start * bytesOfRow);
			if (bytesRead < bytes.length) bytes.fill(0, bytesRead);
			return new Float32Array(bytes.buffer);
		},
		async close() {
			await file.close();
			if (!unlinked) await rm(folder, {
				recursive: true,
				force: true
			});
		}
	};
}
// src/audit/capture/half-rows.ts
/** Bytes of a row of `width` values. */
function rowBytes$1(width, type) {
	return 4 * (type === "full" ? width : halfWidth(width));
}
/** A store in 16 bits where `type` says so, which adds what rounding took to `rounding`. Errors: SPILL_FAILED. */
async function createRowsOf(type, { rows, width }, budget, rounding) {
	if (type === "full") return await createRowStore(rows, width, budget);
	return halfRows(await createRowStore(rows, halfWidth(width), budget), width, rounding);
}
/** Float32 slots that a row of `width` values takes: two values in each, and its scale. */
function halfWidth(width) {
	return Math.ceil(width / 2) + 1;
}
/** Largest exponent of a scaled value: 2¹⁵ and what follows it still fit into float16. */
const TOP_EXPONENT = 15;
/** A store of rows of `width` in one of `halfWidth(width)`, whose slots are bits that nothing is computed with. */
function halfRows(base, width, rounding) {
	const slots = base.width;
	return {
		rows: base.rows,
		width,
		inFile: base.inFile,
		async write(firstRow, values) {
			const count = values.length / width;
			const packed = new Float32Array(count * slots);
			for (let row = 0; row < count; row++) {
				const into = packed.subarray(row * slots, (row + 1) * slots);
				packRow(values.subarray(row * width, (row + 1) * width), into, rounding);
			}
			await base.write(firstRow, packed);
		},
		async read(start, end) {
			const packed = await base.read(start, end);
			const values = new Float32Array((end - start) * width);
			for (let row = 0; row < end - start; row++) unpackRow(packed.subarray(row * slots, (row + 1) * slots), values.subarray(row * width, (row + 1) * width));
			return values;
		},
		close: () => base.close()
	};
}
const halvesOf = (row, width) => new Uint16Array(row.buffer, row.byteOffset + 4, width);
function packRow(values, into, rounding) {
	let largest = 0;
	for (const value of values) largest = Math.max(largest, Math.abs(value));
	const scale = largest === 0 ? 1 : 2 ** Math.max(-126, Math.min(126, TOP_EXPONENT - Math.floor(Math.log2(largest)) - 1));
	into[0] = 1 / scale;
	const scaled = values.map((value) => value * scale);
	const halves = halvesOf(into, values.length);
	narrowToFloat16(scaled, halves);
	const stored = new Float32Array(values.length);
	widenFloat16(halves, stored);
	let [error, size] = [0, 0];
	for (let i = 0; i < values.length; i++) {
		const value = present(values[i]);
		error += (value - present(stored[i]) / scale) ** 2;
		size += value ** 2;
	}
	rounding.error += error;
	rounding.size += size;
}
function unpackRow(packed, into) {
	const unscale = present(packed[0]);
	widenFloat16(halvesOf(packed, into.length), into);
	for (let i = 0; i < into.length; i++) into[i] = present(into[i]) * unscale;
}
// src/audit/machine/share-threads.ts
/**
* @file How many lanes (onnx/threads/lanes.ts) a graph gets: several where there is much to do and its weights are small enough to be
* held several times.
*/
/** Two cores take two or three seconds for so many; starting threads and loading a graph into them is done in a fraction of one. */
const LEAST_OPERATIONS = 5e11;
/** What copies of one graph's weights may take, and which share of the memory at most. */
const MOST_COPIED_BYTES = 1e9;
const MOST_COPIED_SHARE = 1 / 8;
/** As many lanes as there is memory for, with equal shares of the threads. Errors: LANES_INVALID. */
function shareThreads(device, load, host = thisHost()) {
	const most = host.isBundled && device.kind === "cpu" ? mostLanes(load, host) : 1;
	for (let count = Math.min(most, device.threads); count > 1; count--) if (device.threads % count === 0) return {
		count,
		device: {
			...device,
			threads: device.threads / count
		}
	};
	return {
		count: 1,
		device
	};
}
function thisHost() {
	return {
		isBundled: isBundled$1("lane"),
		memory: availableMemory(),
		asked: process.env.SAEGATE_LANES
	};
}
function mostLanes({ weightBytes, operations }, { memory, asked }) {
	if (asked !== void 0 && asked !== "") {
		if (!/^[1-9]\d{0,5}$/.test(asked)) throw lanesInvalid(asked);
		return Number(asked);
	}
	if (operations < LEAST_OPERATIONS) return 1;
	const copied = Math.min(MOST_COPIED_BYTES, memory * MOST_COPIED_SHARE);
	return 1 + Math.floor(copied / Math.max(1, weightBytes));
}
// src/checkpoints/unpack-ahead.ts
/** Unpacked bytes that may wait for their use: a stage of a body. */
const BYTES_AHEAD = 128e6;
/**
* The same table, with the tensors of `order` unpacked ahead in that order; others are read here. Without a bundle nothing
* is ahead. `close` ends the thread and leaves the table open. Errors of reading are the table's own.
*/
function unpackAhead(table, from, order) {
	if (!isBundled$1("unpacker")) return {
		...table,
		close: async () => {}
	};
	const thread = startThread("The thread that unpacks weights", programFile("unpacker"), from);
	const ahead = new Ahead(thread, table, order);
	return {
		entries: table.entries,
		read: (name) => ahead.read(name),
		close: () => thread.close()
	};
}
/** Keeps the thread busy with the next tensors of the order, within BYTES_AHEAD. */
var Ahead = class {
	#thread;
	#table;
	#queue;
	#begun = /* @__PURE__ */ new Map();
	#bytes = 0;
	constructor(thread, table, order) {
		this.#thread = thread;
		this.#table = table;
		this.#queue = [...new Set(order)];
		this.#ask();
	}
	async read(name) {
		const begun = this.#begun.get(name);
		if (begun === void 0) {
			const place = this.#queue.indexOf(name);
			if (place >= 0) this.#queue.splice(place, 1);
			return await this.#table.read(name);
		}
		const tensor = await begun.tensor;
		this.#begun.delete(name);
		this.#bytes -= begun.bytes;
		this.#ask();
		return tensor;
	}
	#ask() {
		while (this.#bytes < BYTES_AHEAD || this.#begun.size === 0) {
			const name = this.#queue.shift();
			if (name === void 0) return;
			const bytes = 4 * (this.#table.entries.get(name)?.shape.reduce((product, dim) => product * dim, 1) ?? 0);
			const tensor = this.#thread.ask(name);
			tensor.catch(() => {});
			this.#begun.set(name, {
				tensor,
				bytes
			});
			this.#bytes += bytes;
		}
	}
};
// src/onnx/threads/lane-thread.ts
function startLane(file = programFile("lane")) {
	return startThread("A thread that runs graphs", file);
}
// src/onnx/threads/lanes.ts
/** Runs begun per lane: while one is worked on, the next has arrived. */
const BEGUN = 2;
/** Threads are started once and serve every graph of the process. */
const threads = [];
let sessions = 0;
/**
* Load a graph once per lane. A single lane is a session in this thread. `fuses`: as createSession has it.
* Errors: ENGINE_FAILED, RUNTIME_MISSING.
*/
async function createLanes(model, lanes, what, fuses = true) {
	if (lanes.count === 1) return await createSession(model, lanes.device, what, fuses);
	runtime();
	return await loadInto(lanes.threads ?? started(lanes.count), model, lanes.device, what, fuses);
}
function started(count) {
	while (threads.length < count) threads.push(startLane());
	return threads.slice(0, count);
}
/** Load a graph into each of these threads. */
async function loadInto(lanes, model, device, what, fuses) {
	const session = sessions++;
	const release = () => allOf(lanes.map((lane) => lane.ask({
		kind: "release",
		session
	})));
	try {
		await load(lanes, session, model, {
			threads: device.threads,
			what,
			fuses
		});
	} catch (error) {
		await release();
		throw error;
	}
	return laneSession(lanes, session, model.outputs, release);
}
/** In a function of its own, so that nothing that lives on remembers the weights. */
async function load(lanes, session, model, how) {
	const graph = {
		...model,
		external: model.external.map(inSharedMemory)
	};
	await allOf(lanes.map((lane) => lane.ask({
		kind: "load",
		session,
		graph,
		how
	})));
}
function laneSession(lanes, session, all, release) {
	return {
		inFlight: BEGUN * lanes.length,
		async run(inputs, outputs = all) {
			const lane = lanes.reduce((least, other) => other.waiting < least.waiting ? other : least);
			return runResult(await lane.ask({
				kind: "run",
				session,
				inputs,
				outputs
			}));
		},
		release
	};
}
/** Wait for every one, then raise the first failure: none goes on behind the caller's back. */
async function allOf(promises) {
	for (const result of await Promise.allSettled(promises)) if (result.status === "rejected") throw result.reason;
}
/** Bytes that every thread can read without a copy of its own. */
function inSharedMemory({ path, data }) {
	if (data.buffer instanceof SharedArrayBuffer) return {
		path,
		data
	};
	const shared = new Uint8Array(new SharedArrayBuffer(data.byteLength));
	shared.set(data);
	return {
		path,
		data: shared
	};
}
// src/audit/capture/body-parts.ts
/**
* @file A body program in parts of neighbouring blocks: all of them loaded and run one after the other as if they were one graph, or
* one loaded at a time. The engine copies weights into its own layout while a session is made, so that the buffers given
* to it and its copies are in memory together; with parts that is so for one part at a time, and loading a model needs
* little more than the model.
*/
/** Weights of a part in float32. Smaller parts save nothing: reading and decoding one tensor needs as much. */
const PART_BYTES$2 = 128e6;
/** A program in the engine, every part of it. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
async function loadProgram(model, program, loading) {
	const parts = [];
	const release = async () => {
		for (const { session } of parts) await session.release();
	};
	try {
		await loadParts(model, programParts(program, model.decoder, loading.partBytes ?? PART_BYTES$2), loading, async (part) => void parts.push(part));
	} catch (error) {
		await release();
		throw error;
	}
	return {
		inFlight: Math.max(...parts.map(({ session }) => session.inFlight)),
		run: (inputs, outputs) => runParts(parts, inputs, outputs ?? null),
		release
	};
}
/** Give `use` these parts of a program one after the other; a part is out of the engine before the next is loaded. Errors: as above. */
async function partByPart(model, parts, loading, use) {
	await loadParts(model, parts, loading, async (part) => {
		try {
			await use(part);
		} finally {
			await part.session.release();
		}
	});
}
async function loadParts(model, parts, loading, use) {
	const refs = parts.flatMap((part) => programRefs(part, model.decoder));
	const order = refs.map((ref) => ref.tensor);
	const { tensors, unpackFrom } = model;
	const ahead = unpackFrom === null ? null : unpackAhead(tensors, unpackFrom, order);
	const reader = weightReader(ahead ?? tensors, refs, model.remainder);
	const read = (part) => readPart(model, part, reader, loading);
	let next = null;
	try {
		for (const [i, part] of parts.entries()) {
			const loaded = await loadPart(model, part, next ?? read(part), loading);
			const following = parts[i + 1];
			next = loading.readsAhead === true && following !== void 0 ? read(following) : null;
			next?.catch(() => {});
			await use(loaded);
		}
	} finally {
		await next?.catch(() => {});
		await ahead?.close();
	}
}
async function readPart(model, program, reader, { shape }) {
	return await buildBody({
		model,
		program,
		shape,
		reader
	});
}
/** In a function of its own, so that the graph's buffers are let go before the next part is read. */
async function loadPart(model, program, read, { shape, lanes, onWaited }) {
	const begun = performance.now();
	const graph = await read;
	onWaited?.((performance.now() - begun) / 1e3);
	return {
		program,
		session: await createLanes(graph, lanes, model.name, shape.type !== "float64"),
		inputs: graph.inputs,
		outputs: graph.outputs
	};
}
/** What of `inputs` a part takes, and what it gives. */
async function runPart({ session, inputs: taken }, inputs, outputs) {
	const own = Object.entries(inputs).filter(([name]) => taken.includes(name));
	return await session.run(Object.fromEntries(own), outputs);
}
/** `outputs` null: all. Parts behind the last one that has any of them are not run. */
async function runParts(parts, inputs, outputs) {
	const wanted = (part) => part.outputs.filter((name) => outputs?.includes(name) ?? true);
	const last = parts.findLastIndex((part) => wanted(part).length > 0);
	const found = {};
	let passed = inputs;
	for (const [i, part] of parts.slice(0, last + 1).entries()) {
		const fetched = i < last ? [.../* @__PURE__ */ new Set([...wanted(part), RESIDUAL])] : wanted(part);
		const result = await runPart(part, passed, fetched);
		for (const name of fetched) found[name] = result.tensor(name);
		if (i < last) passed = {
			...inputs,
			[RESIDUAL_BEFORE]: residualInput(result.tensor(RESIDUAL))
		};
	}
	return runResult(found);
}
/** Rows that one part gave, for the next. */
function residualInput({ data, dims }) {
	if (data instanceof Float32Array) return {
		type: "float32",
		data,
		dims
	};
	if (data instanceof Float64Array) return {
		type: "float64",
		data,
		dims
	};
	throw new TypeError("rows of the residual stream are not integers");
}
// src/audit/capture/load-body.ts
/** @file A model's body on its way into the engine: compiled for the sequences that it will run, and loaded. */
/** Attention of plain products is the quicker one on the CPU and the right one on WebGPU; null: the fused kernel. */
const TILING = {
	cpu: CPU_TILING,
	cuda: null,
	webgpu: SAFE_TILING
};
/**
* How a body computes on a device. On the CPU 16-bit operands are emulated, and tiles of an MLP, which would be rounded each by
* itself, are left out. The fused kernel of CUDA takes 16-bit types only.
*/
function arithmetic({ kind, bodyType }, hiddenTile) {
	if (kind === "cpu" && bodyType !== "float32") return {
		type: "float32",
		rounding: bodyType,
		tiling: CPU_TILING,
		hiddenTile: null
	};
	return {
		type: bodyType,
		tiling: kind === "cuda" && bodyType === "float32" ? SAFE_TILING : TILING[kind],
		hiddenTile
	};
}
/** Compile and load the body. Errors: HOOK_MISSING, ENGINE_FAILED, the checkpoint's own. */
async function loadBody(model, program, sequences, device) {
	const { decoder } = model;
	const { blockLength, longest, count } = sequences;
	const operations = stageCost.body(decoder, count * blockLength, longest);
	const lanes = shareThreads(device, {
		weightBytes: bodyBytes(decoder),
		operations
	});
	const shape = bodyShape(lanes.device, sequences);
	const session = await loadProgram(model, program, {
		shape,
		lanes,
		...device.kind === "cuda" ? { partBytes: Number.POSITIVE_INFINITY } : {}
	});
	return {
		name: model.name,
		sequences: shape.sequences,
		session
	};
}
/** What a body's graph is built for on a device (a lane's share of its threads). */
function bodyShape(device, { blockLength, longest, count }) {
	const { bodyRows, hiddenTile } = runSize(device);
	return {
		sequences: Math.max(1, Math.min(count, Math.floor(bodyRows / blockLength))),
		length: longest,
		...arithmetic(device, hiddenTile)
	};
}
// src/audit/capture/stream-body.ts
/**
* @file A body too large for the memory, run range by range: a range of blocks is loaded, every sequence runs through it, and the
* rows of the residual stream wait in a store while the next range takes its place (docs/decisions/2026-11-29-streaming.md).
*/
const lengthOf = ({ begin, end }) => end - begin;
/** Tokens that a plan runs, kept or not. */
function runTokens({ sequences }) {
	return sequences.reduce((sum, sequence) => sum + lengthOf(sequence), 0);
}
/**
* Run plans through the ranges of a body, as `streamedParts` cuts it. Errors: CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED, the
* checkpoint's own.
*/
async function streamBody(model, ranges, plans, streaming) {
	const { tally, sequences, readsAhead, onTokens } = streaming;
	const { decoder } = model;
	const lanes = streaming.lanes ?? lanesOf(decoder, ranges, plans, streaming);
	const shape = bodyShape(lanes.device, sequences);
	const begun = performance.now();
	let done = 0;
	const onWaited = (seconds) => {
		tally.secondsWaited += seconds;
	};
	await partByPart(model, ranges, {
		shape,
		lanes,
		readsAhead,
		onWaited
	}, async (part) => {
		const range = {
			name: model.name,
			part,
			together: shape.sequences
		};
		for (const plan of plans) await runRange(range, plan, (length) => {
			done += length;
			onTokens(Math.round(done / ranges.length));
		});
	});
	tally.secondsStreamed += (performance.now() - begun) / 1e3;
	tally.ranges = Math.max(tally.ranges, ranges.length);
	tally.bytesRead += storedBytes(model, ranges);
}
function lanesOf(decoder, ranges, plans, { device, sequences }) {
	const tokens = plans.reduce((sum, { plan }) => sum + runTokens(plan), 0);
	return shareThreads(device, {
		weightBytes: Math.max(...ranges.map((range) => rangeBytes(range, decoder))),
		operations: stageCost.body(decoder, tokens, sequences.longest)
	});
}
/** Of the tensors that the ranges are made of, each once. */
function storedBytes({ decoder, tensors }, ranges) {
	return [...new Set(ranges.flatMap((range) => programRefs(range, decoder)).map(({ tensor }) => tensor))].reduce((sum, name) => sum + (tensors.entries.get(name)?.byteLength ?? 0), 0);
}
async function runRange({ name, part, together }, { plan, stores, between }, onBatch) {
	const { program, session, outputs } = part;
	const taken = [...stores.keys()].filter((output) => outputs.includes(output));
	const fetched = outputs.includes("residual") ? [...taken, RESIDUAL] : taken;
	const begin = async ({ batch, betweenRow }) => {
		const inputs = batchInputs({ sequences: together }, plan, batch);
		if (program.from === "ids") return await runPart(part, inputs, fetched);
		const before = await rowsBefore(between, batch, betweenRow, together);
		return await runPart(part, {
			...inputs,
			[RESIDUAL_BEFORE]: before
		}, fetched);
	};
	await inOrder(placed(plan, together), session.inFlight, begin, async (result, { batch, storeRow, betweenRow }) => {
		for (const output of taken) {
			const store = stores.get(output);
			if (store === void 0) continue;
			await storeRows({
				model: name,
				name: output
			}, result.float32(output), batch, {
				store,
				storeRow
			});
		}
		const tokens = batch.reduce((sum, sequence) => sum + lengthOf(sequence), 0);
		if (fetched.length > taken.length) {
			const rows = result.float32(RESIDUAL).subarray(0, tokens * between.width);
			await between.write(betweenRow, rows);
		}
		onBatch(tokens);
	});
}
function* placed(plan, together) {
	let [storeRow, betweenRow] = [0, 0];
	for (const batch of batches(plan.sequences, together)) {
		yield {
			batch,
			storeRow,
			betweenRow
		};
		for (const sequence of batch) {
			storeRow += sequence.keepTo - sequence.keepFrom;
			betweenRow += lengthOf(sequence);
		}
	}
}
/** A batch that is not full is filled up with its first sequence, as its ids are. */
async function rowsBefore(between, batch, firstRow, together) {
	const [first] = batch;
	if (first === void 0) throw new RangeError("an empty batch");
	const { width } = between;
	const size = lengthOf(first) * width;
	const data = new Float32Array(together * size);
	data.set(await between.read(firstRow, firstRow + batch.length * lengthOf(first)));
	for (let b = batch.length; b < together; b++) data.copyWithin(b * size, 0, size);
	return {
		type: "float32",
		data,
		dims: [together * lengthOf(first), width]
	};
}
// src/audit/capture/capture-model.ts
/** @file One model, loaded, run over sequences and windows, and unloaded: what is kept of it. */
/** Load a model, run it over sequences and windows, and unload it. `name`: as progress calls it. */
async function captureModel(run, name, model) {
	const { tokens } = run;
	const hooks = hooksOf(run.readouts);
	const { plan } = tokens.chunked;
	const sequences = {
		blockLength: tokens.sequences.blockLength,
		longest: tokens.longest,
		count: Math.max(plan.sequences.length, tokens.sliding?.plan.sequences.length ?? 0)
	};
	const running = {
		run,
		name,
		model,
		program: wantsLosses(run.config) ? wholeBody$1(hooks) : bodyUpTo(hooks),
		sequences
	};
	const stores = await openStores(run, model);
	try {
		await withFewerRows(run.device, (device) => runOn({
			...running,
			run: {
				...run,
				device
			}
		}, stores));
		return stores;
	} catch (error) {
		await closeCapture(stores);
		throw error;
	}
}
async function openStores({ config, tokens, readouts, memory }, { decoder }) {
	const { rows } = tokens.chunked.plan;
	const { d_model } = decoder.spec;
	const chunked = /* @__PURE__ */ new Map();
	for (const hook of hooksOf(readouts)) chunked.set(hookName(hook), await createRowStore(rows, hookWidth$1(decoder, hook), memory));
	if (wantsLosses(config)) chunked.set(HIDDEN, await createRowStore(rows, d_model, memory));
	const windows = tokens.sliding?.plan;
	return {
		chunked,
		sliding: windows === void 0 ? null : await createRowStore(windows.rows, d_model, memory)
	};
}
/** On its device, once: all of it written anew where a run before was too large. */
async function runOn(running, stores) {
	const { weights } = running.run;
	if (weights.kind === "stream") await runStreamed(running, weights, stores);
	else await runWhole(running, stores);
}
/** All of it in the engine: sequences, then windows. */
async function runWhole({ run: { tokens, work, device }, name, model, program, sequences }, { chunked, sliding }) {
	const { decoder } = model;
	const [, end] = blockRange(program, decoder);
	const stage = (what, rows) => work.stage(`${name}: ${what}`, stageCost.body(decoder, rows, tokens.longest, end), rows);
	const { plan } = tokens.chunked;
	const body = await loadBody(model, program, sequences, device);
	try {
		await capture(body, plan, chunked, stage("forward pass", plan.rows));
		if (tokens.sliding === null || sliding === null) return;
		const windows = tokens.sliding.plan;
		await capture(body, windows, /* @__PURE__ */ new Map([[HIDDEN, sliding]]), stage("sliding windows", runTokens(windows)));
	} finally {
		await body.session.release();
	}
}
/** Range by range, sequences and windows through each. */
async function runStreamed({ run, name, model, program, sequences }, { rangeBytes, rows, readsAhead }, { chunked, sliding }) {
	const { tokens, work, device, memory, streamed: tally } = run;
	const { decoder } = model;
	const [, end] = blockRange(program, decoder);
	const runs = [{
		plan: tokens.chunked.plan,
		stores: chunked
	}, ...tokens.sliding === null || sliding === null ? [] : [{
		plan: tokens.sliding.plan,
		stores: /* @__PURE__ */ new Map([[HIDDEN, sliding]])
	}]];
	const total = runs.reduce((sum, { plan }) => sum + runTokens(plan), 0);
	const onTokens = work.stage(`${name}: forward pass, range by range`, stageCost.body(decoder, total, tokens.longest, end), total);
	const plans = [];
	try {
		for (const of of runs) {
			const between = await createRowsOf(rows, {
				rows: runTokens(of.plan),
				width: decoder.spec.d_model
			}, memory, tally.rounding);
			plans.push({
				...of,
				between
			});
		}
		noteRows(tally, decoder.spec.d_model, rows, plans);
		await streamBody(model, streamedParts(program, decoder, rangeBytes), plans, {
			device,
			sequences,
			readsAhead,
			tally,
			onTokens
		});
	} finally {
		for (const { between } of plans) await between.close();
	}
}
/** What waits between two ranges of this model, beside what other models took. */
function noteRows({ rowBytes: most }, width, type, plans) {
	const bytes = (inFile) => plans.reduce((sum, { between }) => sum + (between.inFile === inFile ? between.rows * rowBytes$1(width, type) : 0), 0);
	most.memory = Math.max(most.memory, bytes(false));
	most.file = Math.max(most.file, bytes(true));
}
function storeOf(stores, name) {
	const store = stores.get(name);
	if (store === void 0) throw new RangeError(`nothing was captured at ${name}`);
	return store;
}
async function closeCapture({ chunked, sliding }) {
	for (const store of chunked.values()) await store.close();
	await sliding?.close();
}
// src/audit/close-calls/exact-rows.ts
/** Weights of a part, counted in float32: twice that in float64. */
const PART_BYTES$1 = 64e6;
/** Can a model's rows be had in float64? Simulated rounding is not to be undone, and GPUs have no kernels. */
function hasExactRows(model, { kind, bodyType }) {
	return kind === "cpu" && bodyType === "float32" && model.activations.size === 0;
}
/** Give the visitor the wanted rows. Errors: ENGINE_FAILED, SPILL_FAILED, the checkpoint's own. */
async function exactRows(source, { hook, rows }, { visit, onTokens }, partBytes = PART_BYTES$1) {
	const { model, memory } = source;
	const sequences = sequencesTo(rows, source.sequenceLength);
	const program = {
		...wholeBody$1([hook]),
		to: hook.layer + 1
	};
	const between = new ExactRowsBetween(tokenCount(sequences), model.decoder.spec.d_model, memory);
	const parts = programParts(program, model.decoder, partBytes);
	const lanes = {
		count: 1,
		device: source.device
	};
	let done = 0;
	try {
		await partByPart(model, parts, {
			shape: exactShape(source),
			lanes
		}, async (part) => {
			const last = part.program.to === program.to ? {
				hook,
				visit
			} : null;
			for (const sequence of sequences) {
				await runSequence(source, sequence, {
					part,
					between,
					last
				});
				done += sequence.length;
				onTokens(done / parts.length);
			}
		});
	} finally {
		await between.close();
	}
}
/** Tokens that `exactRows` runs. */
function exactTokens(rows, sequenceLength) {
	return tokenCount(sequencesTo(rows, sequenceLength));
}
const tokenCount = (sequences) => sequences.reduce((sum, { length }) => sum + length, 0);
function sequencesTo(rows, sequenceLength) {
	const bySequence = /* @__PURE__ */ new Map();
	for (const row of [...new Set(rows)].sort((a, b) => a - b)) {
		const sequence = Math.floor(row / sequenceLength);
		bySequence.set(sequence, [...bySequence.get(sequence) ?? [], row]);
	}
	let storeRow = 0;
	return [...bySequence].map(([sequence, wanted]) => {
		const begin = sequence * sequenceLength;
		const length = (wanted.at(-1) ?? begin) - begin + 1;
		storeRow += length;
		return {
			begin,
			length,
			storeRow: storeRow - length,
			rows: wanted
		};
	});
}
function exactShape({ sequenceLength }) {
	return {
		sequences: 1,
		length: sequenceLength,
		type: "float64",
		tiling: CPU_TILING,
		hiddenTile: null
	};
}
/**
* Rows of float64 between two parts, from when there are any. A float64 is kept as the two halves of its bytes, each of which
* passes for a float32 that nothing is computed with.
*/
var ExactRowsBetween = class {
	#rows;
	#width;
	#memory;
	#store = null;
	constructor(rows, width, memory) {
		this.#rows = rows;
		this.#width = width;
		this.#memory = memory;
	}
	async write(firstRow, values) {
		this.#store ??= await createRowStore(this.#rows, 2 * this.#width, this.#memory);
		const halves = new Float32Array(values.buffer, values.byteOffset, 2 * values.length);
		await this.#store.write(firstRow, halves);
	}
	async read(start, end) {
		if (this.#store === null) throw new RangeError("nothing lies between two parts yet");
		const halves = await this.#store.read(start, end);
		return new Float64Array(halves.buffer, halves.byteOffset, halves.length / 2);
	}
	async close() {
		await this.#store?.close();
	}
};
async function runSequence({ model, ids }, { begin, length, storeRow, rows }, { part, between, last }) {
	const { d_model } = model.decoder.spec;
	const inputs = {
		last_position: {
			type: "int32",
			data: Int32Array.of(length - 1),
			dims: [1]
		},
		length: {
			type: "int32",
			data: Int32Array.of(length),
			dims: []
		}
	};
	if (part.program.from !== "ids") {
		const data = await between.read(storeRow, storeRow + length);
		inputs[RESIDUAL_BEFORE] = {
			type: "float64",
			data,
			dims: [length, d_model]
		};
	} else inputs.ids = {
		type: "int64",
		data: BigInt64Array.from(ids.subarray(begin, begin + length), BigInt),
		dims: [1, length]
	};
	const output = last === null ? RESIDUAL : hookName(last.hook);
	const values = (await runPart(part, inputs, [output])).float64(output);
	if (last === null) {
		await between.write(storeRow, values);
		return;
	}
	const width = values.length / length;
	for (const row of rows) last.visit(row, values.subarray((row - begin) * width, (row - begin + 1) * width));
}
// src/audit/close-calls/jumps.ts
/**
* @file Activations that jump: a JumpReLU gives 0 up to its threshold θ and the pre-activation z beyond it. Where z lies
* nearer to θ than float32 can tell, a sum over tokens is off by a whole θ, and ρ of a feature that fires n times by up to
* 1 / n. Such pairs of a row and a feature are close calls: feature-graph.ts finds where they are, close-cells.ts which
* they are, referee.ts has them decided in float64.
*
* Shapes: W_enc (d_in, d_sae) row-major; all else (d_sae). z = x · W_enc + bias, x as the encoder sees it (centred or not).
*/
/** Does any activation of it jump? */
function canJump({ threshold }) {
	return threshold?.some((theta) => theta > 0) ?? false;
}
/** Null: nothing jumps, or rows are normalised first, which is float32's own. */
function jumpEncoder(dictionary) {
	const { d_in, d_sae, input } = dictionary;
	if (input !== "plain") return null;
	const { W_enc, threshold } = dictionary.encoder;
	if (threshold === null || !canJump(dictionary.encoder)) return null;
	const norms = new Float64Array(d_sae);
	for (let i = 0; i < W_enc.length; i++) norms[i % d_sae] = present(norms[i % d_sae]) + present(W_enc[i]) ** 2;
	return {
		d_in,
		W_enc,
		bias: exactEncoderBias(dictionary),
		threshold,
		norms: norms.map(Math.sqrt)
	};
}
/** What a z stands for. */
function jumpRelu(z, threshold) {
	return z > Math.max(threshold, 0) ? z : 0;
}
/** Distance of z from its threshold in units of ‖x‖ · ‖w_j‖: below `error.band` it is a close call. */
function distance(jumps, feature, z, rowNorm) {
	const theta = present(jumps.threshold[feature]);
	const unit = rowNorm * present(jumps.norms[feature]);
	return theta <= 0 || unit === 0 ? Number.POSITIVE_INFINITY : Math.abs(z - theta) / unit;
}
/** w_j (d_in) */
function encoderColumn({ d_in, W_enc, bias }, feature) {
	return Float64Array.from({ length: d_in }, (_, i) => present(W_enc[i * bias.length + feature]));
}
/** z of row `row` of x (n_row, d_in), summed in float64. */
function preActivation(column, bias, x, row) {
	const width = column.length;
	let z = bias;
	for (let i = 0, at = row * width; i < width; i++, at++) z += present(column[i]) * present(x[at]);
	return z;
}
/** ‖x‖ of each row. */
function rowNorms(x, width) {
	const norms = new Float64Array(x.length / width);
	for (let i = 0; i < x.length; i++) {
		const row = Math.floor(i / width);
		norms[row] = present(norms[row]) + present(x[i]) ** 2;
	}
	return norms.map(Math.sqrt);
}
/** Unit roundoff of float32. */
const ROUNDOFF = 2 ** -24;
/** Products of d terms are off by about √d roundings of ‖x‖ · ‖w‖ at most (Higham and Mary 2019, SIAM J. Sci. Comput. 41). */
const productError = ({ d_in }) => Math.sqrt(d_in) * ROUNDOFF;
/** Bands of the graph, for `features` of the encoder: they hold its own rounding too. */
function graphBands({ bias, threshold, norms }, features) {
	const ids = features ?? Int32Array.from(threshold.keys());
	const slack = (j) => {
		const theta = present(threshold[j]);
		return theta <= 0 ? -1 : 4 * ROUNDOFF * (theta + Math.abs(present(bias[j])));
	};
	return {
		slack: Float32Array.from(ids, slack),
		scale: Float32Array.from(ids, (j) => present(threshold[j]) <= 0 ? 0 : present(norms[j]))
	};
}
/** How far the bands reach in a batch of rows of these norms. */
function graphReach(jumps, norms) {
	return norms.reduce((most, norm) => Math.max(most, norm), 0) * (jumps.error.band + productError(jumps));
}
// src/audit/close-calls/choose.ts
/**
* @file Which close calls are decided in float64, and where they go once they are. Pure.
*
* A call that falls the wrong way moves ρ of its feature by about θ² / Σa²: much where the feature is rare. Deciding one
* means running its sequence again, so the sequences whose calls could do most harm come first.
*/
/** Calls that move ρ by less are left to float32: half of what float32 sums move it by (docs/method.md). */
const LEAST_EFFECT = 1e-6;
/**
* At most this share of the sequences is run again for one read-out of one model. float64 takes three to four times as long as
* float32, on the half of a sequence that leads to a call: at worst as long as half a forward pass again.
*/
const MOST_SEQUENCES_SHARE = 1 / 4;
const pairKey = (width, row, feature) => row * width + feature;
/** (d_sae) effect of one call, 0 below LEAST_EFFECT and for features that cannot be active whatever is decided. */
function callEffects({ threshold }, counted, calls, activeRate) {
	const { groups, width } = counted;
	const positions = countedPositions(counted);
	const sums = groupTotals(counted.sum, groups, width);
	const squares = groupTotals(counted.sumOfSquares, groups, width);
	const undecided = new Float64Array(width);
	for (const { feature } of calls) undecided[feature] = present(undecided[feature]) + 1;
	return Float64Array.from(threshold, (theta, j) => {
		const firings = present(counted.firings[j]) + present(undecided[j]);
		if (!isActive(firingRate(firings, positions), activeRate)) return 0;
		const variance = present(squares[j]) - present(sums[j]) ** 2 / positions;
		const effect = variance > 0 ? theta * theta / variance : 1;
		return effect < LEAST_EFFECT ? 0 : Math.min(effect, 1);
	});
}
/** Calls in at most `mostSequences` sequences: those of the largest harm, which is effect times the chance of falling wrong. */
function chooseCalls(calls, readingOf, effects, { sequenceLength, mostSequences }) {
	const weighed = calls.flatMap((call) => {
		const { doubt } = readingOf(call);
		const effect = present(effects[call.feature]);
		return doubt === null || effect === 0 ? [] : [{
			call,
			harm: effect * Math.exp(-doubt)
		}];
	});
	weighed.sort((a, b) => b.harm - a.harm);
	const sequenceOf = (call) => Math.floor(call.row / sequenceLength);
	const sequences = /* @__PURE__ */ new Set();
	for (const { call } of weighed) if (sequences.size < mostSequences) sequences.add(sequenceOf(call));
	const isChosen = ({ call }) => sequences.has(sequenceOf(call));
	return {
		chosen: weighed.filter(isChosen).map(({ call }) => call),
		left: weighed.filter((one) => !isChosen(one)).map(({ call }) => call)
	};
}
/** Add every call to the reference's sums: by its float64 z where there is one. In place. */
function settleReference({ threshold }, moments, calls, exact) {
	for (const { row, feature, tokenGroup, place, reference } of calls) {
		const a = jumpRelu(exact.get(pairKey(threshold.length, row, feature)) ?? reference.z, present(threshold[feature]));
		addReferenceTile(moments[place], tokenGroup, feature, {
			sum: Float64Array.of(a),
			sumOfSquares: Float64Array.of(a * a),
			firings: Float64Array.of(a > 0 ? 1 : 0),
			peak: Float64Array.of(a)
		});
	}
}
/** Add every call to a candidate's sums, likewise. `exact`: of both models. In place. */
function settleCandidate({ threshold }, moments, calls, exact) {
	for (const { row, feature, column, tokenGroup, place, reference, candidate } of calls) {
		const key = pairKey(threshold.length, row, feature);
		const theta = present(threshold[feature]);
		const a = jumpRelu(exact.reference.get(key) ?? reference.z, theta);
		const b = jumpRelu(exact.candidate.get(key) ?? candidate.z, theta);
		addCandidateTile(moments[place], tokenGroup, column, {
			sum: Float64Array.of(b),
			sumOfSquares: Float64Array.of(b * b),
			product: Float64Array.of(a * b)
		});
	}
}
// src/audit/close-calls/referee.ts
/** Blocks and features on which float32 is measured: 100,000 pairs and more. */
const SAMPLE_SEQUENCES = 2;
const SAMPLE_FEATURES = 512;
/**
* Nothing is taken to be farther off than this many times the worst pair of the sample. On the Gemma-2 fixture the worst of
* all pairs, 76 million in each of the reference and seven candidates, is 1.8 to 2.8 times the worst of the sample.
*/
const BAND_MARGIN = 6;
/** Measure what float32 can tell at a read-out, on the reference. */
async function measureFloat32(encoder, place, residuals, referee) {
	const { name, source } = referee;
	const { sequenceLength } = source;
	const { store } = residuals;
	const sequences = store.rows / sequenceLength;
	const sampled = Math.min(SAMPLE_SEQUENCES, sequences);
	const captured = /* @__PURE__ */ new Map();
	for (let s = 0; s < sampled; s++) {
		const begin = Math.floor(s * sequences / sampled) * sequenceLength;
		for (let row = begin; row < begin + sequenceLength; row++) {
			const x = Float32Array.from(await store.read(row, row + 1));
			if (place.center) centerRows(x, store.width);
			captured.set(row, x);
		}
	}
	const width = encoder.bias.length;
	const step = Math.ceil(width / SAMPLE_FEATURES);
	const sample = new ErrorSample(encoder, Array.from({ length: Math.floor(width / step) }, (_, k) => k * step));
	const rows = [...captured.keys()];
	await exactStage(`${name}: float32 against float64 at ${place.id}`, place, rows, referee)((row, exact) => sample.add(present(captured.get(row)), exact));
	return {
		...encoder,
		error: sample.error()
	};
}
/** Differences of z of the same row in float32 and in float64. */
var ErrorSample = class {
	#columns;
	#worst = 0;
	#squares = 0;
	#count = 0;
	constructor(encoder, features) {
		this.#columns = features.map((j) => ({
			column: encoderColumn(encoder, j),
			norm: present(encoder.norms[j])
		})).filter(({ norm }) => norm > 0);
	}
	add(x, exact) {
		const [norm = 0] = rowNorms(exact, exact.length);
		if (norm === 0) return;
		for (const { column, norm: scale } of this.#columns) {
			const error = Math.abs(preActivation(column, 0, x, 0) - preActivation(column, 0, exact, 0));
			this.#worst = Math.max(this.#worst, error / (norm * scale));
			this.#squares += (error / (norm * scale)) ** 2;
			this.#count++;
		}
	}
	error() {
		return {
			typical: Math.sqrt(this.#squares / Math.max(1, this.#count)),
			band: BAND_MARGIN * this.#worst
		};
	}
};
/** Decide the reference's close calls and add all of them to its sums, in place. */
async function decideReference(watched, { calls, skipped }, { moments, counted, activeRate }, referee) {
	const { jumps, place } = watched;
	const effects = callEffects(jumps, counted, calls, activeRate);
	const allowance = allowanceOf(referee.source);
	const { chosen, left } = chooseCalls(calls, ({ reference }) => reference, effects, allowance);
	const exact = await exactPairs(watched, chosen, referee);
	settleReference(jumps, moments, calls, exact);
	return {
		effects,
		exact,
		leftSequences: new Set(left.map(({ row }) => Math.floor(row / allowance.sequenceLength))),
		warnings: leftWarnings(referee.name, place, left.length + skipped)
	};
}
/** Decide a candidate's close calls and add all of them to its sums, in place. Returns warnings. */
async function decideCandidate(watched, { effects, exact, leftSequences }, { calls, skipped }, { moments, referee }) {
	const { jumps, place } = watched;
	if (referee === null) {
		settleCandidate(jumps, moments, calls, {
			reference: exact,
			candidate: /* @__PURE__ */ new Map()
		});
		return [];
	}
	const allowance = allowanceOf(referee.source);
	const { chosen, left } = chooseCalls(calls.filter(({ row }) => !leftSequences.has(Math.floor(row / allowance.sequenceLength))), ({ candidate }) => candidate, effects, allowance);
	settleCandidate(jumps, moments, calls, {
		reference: exact,
		candidate: await exactPairs(watched, chosen, referee)
	});
	return leftWarnings(referee.name, place, left.length + skipped);
}
function allowanceOf({ ids, sequenceLength }) {
	return {
		sequenceLength,
		mostSequences: Math.ceil(ids.length / sequenceLength * MOST_SEQUENCES_SHARE)
	};
}
function leftWarnings(name, { id }, left) {
	if (left === 0) return [];
	return [`${name} at ${id}: ${left} activations lie too near their threshold for float32 to tell and were left to it: deciding all of them in float64 would take too long`];
}
/** z of the calls in float64. */
async function exactPairs({ jumps, place }, calls, referee) {
	const pairs = /* @__PURE__ */ new Map();
	if (calls.length === 0) return pairs;
	const byRow = /* @__PURE__ */ new Map();
	for (const { row, feature } of calls) byRow.set(row, [...byRow.get(row) ?? [], feature]);
	const rows = [...byRow.keys()];
	await exactStage(`${referee.name}: close calls at ${place.id}`, place, rows, referee)((row, x) => {
		for (const feature of byRow.get(row) ?? []) {
			const z = preActivation(encoderColumn(jumps, feature), present(jumps.bias[feature]), x, 0);
			pairs.set(pairKey(jumps.bias.length, row, feature), z);
		}
	});
	return pairs;
}
/** Rows in float64 as the SAE sees them, as a stage of the audit. */
function exactStage(stage, { center, dictionary: { reads: hook } }, rows, { source, work, scale }) {
	const tokens = exactTokens(rows, source.sequenceLength);
	const cost = stageCost.exactBody(source.model.decoder, hook.layer, tokens, source.sequenceLength);
	const onTokens = work.stage(stage, cost, tokens);
	const seen = (values) => {
		if (!center && scale === 1) return values;
		const x = Float64Array.from(values);
		if (center) centerRows(x, x.length);
		if (scale !== 1) scaleRows(x, scale);
		return x;
	};
	return (visit) => exactRows(source, {
		hook,
		rows
	}, {
		visit: (row, values) => visit(row, seen(values)),
		onTokens
	});
}
// src/audit/close-calls/close-cells.ts
/**
* @file Sums of one feature over one batch, where the graph found a pre-activation near the threshold: made in float64 from
* the float32 rows, in place of the graph's, with the close calls left out and put on a list.
*/
function batchRows(x, width) {
	return {
		x,
		norms: rowNorms(x, width)
	};
}
const nothingUndecided = () => ({
	calls: [],
	skipped: 0
});
/** Reads one feature off rows. */
function reader(jumps, feature) {
	const column = encoderColumn(jumps, feature);
	const bias = present(jumps.bias[feature]);
	const { typical, band } = jumps.error;
	return ({ x, norms }, i) => {
		const z = preActivation(column, bias, x, i);
		const apart = distance(jumps, feature, z, present(norms[i]));
		return {
			z,
			doubt: apart < band ? apart / typical : null
		};
	};
}
/** Sums of the reference over the sure rows of a batch; close calls are added to `calls`. */
function referenceCell({ jumps, feature }, rows, batch, calls) {
	const read = reader(jumps, feature);
	const theta = present(jumps.threshold[feature]);
	let [sum, squares, firings, peak] = [
		0,
		0,
		0,
		0
	];
	for (const [i, row] of batch.rows.entries()) {
		const reference = read(rows, i);
		if (reference.doubt !== null) {
			calls.push({
				row,
				feature,
				tokenGroup: batch.tokenGroup,
				place: batch.place,
				reference
			});
			continue;
		}
		const a = jumpRelu(reference.z, theta);
		sum += a;
		squares += a * a;
		firings += a > 0 ? 1 : 0;
		peak = Math.max(peak, a);
	}
	return {
		sum,
		squares,
		firings,
		peak
	};
}
/** Sums of a candidate beside the reference, likewise. `column`: of the feature among those measured. */
function candidateCell({ jumps, feature, column }, [reference, candidate], batch, calls) {
	const read = reader(jumps, feature);
	const theta = present(jumps.threshold[feature]);
	let [sum, squares, product] = [
		0,
		0,
		0
	];
	for (const [i, row] of batch.rows.entries()) {
		const call = {
			reference: read(reference, i),
			candidate: read(candidate, i)
		};
		if (call.reference.doubt !== null || call.candidate.doubt !== null) {
			calls.push({
				row,
				feature,
				column,
				tokenGroup: batch.tokenGroup,
				place: batch.place,
				...call
			});
			continue;
		}
		const b = jumpRelu(call.candidate.z, theta);
		sum += b;
		squares += b * b;
		product += jumpRelu(call.reference.z, theta) * b;
	}
	return {
		sum,
		squares,
		product
	};
}
/** One run is allowed this share of its features as cells, and a few: one takes as long as 100 features in the graph. */
const MOST_CELLS_SHARE = 1 / 64;
const FEW_CELLS = 16;
/**
* Columns with a count above 0, whose sums are then made here: at most so many that they take about twice as long as the
* graph. Beyond that (thresholds that lie everywhere near) the graph's own sums stay, and the counts are `skipped`.
*/
function closeColumns(counts, undecided) {
	const width = present(counts[0]).length;
	const most = FEW_CELLS + width * MOST_CELLS_SHARE;
	const columns = [];
	for (let k = 0; k < width; k++) {
		const near = counts.reduce((sum, count) => sum + present(count[k]), 0);
		if (near === 0) continue;
		if (columns.length < most) columns.push(k);
		else undecided.skipped += near;
	}
	return columns;
}
// src/audit/close-calls/watch.ts
/**
* @file Watches over the passes of one read-out whose activations jump: what the graph is to mark, the sums of a batch made
* again where it marked something, and in the end every close call decided and added to the sums that it belongs to.
*/
/** Of the reference's pass over every feature. */
var ReferenceWatch = class {
	bands;
	#watched;
	#undecided = nothingUndecided();
	constructor(watched) {
		this.#watched = watched;
		this.bands = graphBands(watched.jumps, null);
	}
	/** Close calls found, which are in no sum until they are decided. */
	get calls() {
		return this.#undecided.calls;
	}
	look(inputs) {
		return sighting(this.#watched.jumps, inputs, 1);
	}
	/** Make the sums of features with a close call in the batch again, in place. */
	mend(tile, { result, sighting, batch }) {
		const { jumps } = this.#watched;
		const rows = present(sighting.rows[0]);
		for (const feature of closeColumns([result.float32("close_0")], this.#undecided)) {
			const cell = referenceCell({
				jumps,
				feature
			}, rows, batch, this.#undecided.calls);
			tile.sum[feature] = cell.sum;
			tile.sumOfSquares[feature] = cell.squares;
			tile.firings[feature] = cell.firings;
			tile.peak[feature] = cell.peak;
		}
	}
	/** Decide what is open and add it to the sums, in place. */
	async decide(sums, referee) {
		return await decideReference(this.#watched, this.#undecided, sums, referee);
	}
};
/** Of a pass of `count` candidates beside the reference, over `features` (ascending ids). */
var CandidateWatch = class {
	bands;
	#watched;
	#decided;
	#features;
	#undecided = /* @__PURE__ */ new Map();
	constructor(watched, decided, features) {
		this.#watched = watched;
		this.#decided = decided;
		this.#features = features;
		this.bands = graphBands(watched.jumps, features);
	}
	/** Close calls of candidate `c` (0 is the first), which are in no sum until they are decided. */
	callsOf(c) {
		return this.#of(c).calls;
	}
	look(inputs, candidates) {
		return sighting(this.#watched.jumps, inputs, candidates + 1);
	}
	/** Make the sums of candidate `c` again where it or the reference has a close call in the batch, in place. */
	mend(c, tile, { result, sighting, batch }) {
		const { jumps } = this.#watched;
		const undecided = this.#of(c);
		const rows = [present(sighting.rows[0]), present(sighting.rows[c + 1])];
		const counts = [result.float32("close_0"), result.float32(`close_${c + 1}`)];
		for (const column of closeColumns(counts, undecided)) {
			const cell = candidateCell({
				jumps,
				feature: present(this.#features[column], "a feature"),
				column
			}, rows, batch, undecided.calls);
			tile.sum[column] = cell.sum;
			tile.sumOfSquares[column] = cell.squares;
			tile.product[column] = cell.product;
		}
	}
	/** Decide what is open of candidate `c` and add it to its sums, in place. Returns warnings. */
	async decide(c, sums) {
		return await decideCandidate(this.#watched, this.#decided, this.#of(c), sums);
	}
	#of(c) {
		const known = this.#undecided.get(c);
		if (known !== void 0) return known;
		const fresh = nothingUndecided();
		this.#undecided.set(c, fresh);
		return fresh;
	}
};
/** The rows of each model in a batch, and how far the graph's bands reach there. */
function sighting(jumps, inputs, models) {
	const reaches = {};
	return {
		rows: Array.from({ length: models }, (_, m) => {
			const x = inputs[`x_${m}`];
			if (x?.type !== "float32") throw new RangeError(`x_${m} is missing`);
			const of = batchRows(x.data, jumps.d_in);
			const data = Float32Array.of(graphReach(jumps, of.norms));
			reaches[`reach_${m}`] = {
				type: "float32",
				data,
				dims: [1]
			};
			return of;
		}),
		inputs: reaches
	};
}
// src/audit/close-calls/close-calls.ts
/** Close calls at one read-out: the reference's are decided first, then candidates' likewise. */
var CloseCalls = class {
	reference;
	#run;
	#watched;
	#referee;
	#decided = null;
	constructor(run, watched, referee) {
		this.#run = run;
		this.#watched = watched;
		this.#referee = referee;
		this.reference = new ReferenceWatch(watched);
	}
	/** Decide the reference's calls and add them to its sums, in place. Returns warnings. */
	async settleReference(sums) {
		const { active: activeRate } = this.#run.config.thresholds;
		this.#decided = await this.reference.decide({
			...sums,
			activeRate
		}, this.#referee);
		return this.#decided.warnings;
	}
	/** For a pass of candidates over `features` (ascending ids). */
	candidates(features) {
		if (this.#decided === null) throw new RangeError("the reference comes first");
		return new CandidateWatch(this.#watched, this.#decided, features);
	}
	/** Decide one candidate's calls and add them to its sums, in place. Returns warnings. */
	async settleCandidate(watch, sums) {
		const referee = refereeOf(this.#run, sums);
		return await watch.decide(sums.index, {
			moments: sums.moments,
			referee
		});
	}
};
/** Null: nothing jumps there, or the reference cannot be had in float64 and float32 decides. */
async function closeCallsAt(run, readout, reference, residuals) {
	const referee = refereeOf(run, reference);
	const encoder = referee === null ? null : jumpEncoder(readout.dictionary);
	if (encoder === null || referee === null) return null;
	return new CloseCalls(run, {
		jumps: await measureFloat32(encoder, readout, residuals, referee),
		place: readout
	}, referee);
}
function refereeOf({ tokens, device, memory, work }, { name, model, scale }) {
	if (model === null || !hasExactRows(model, device)) return null;
	const { ids, blockLength: sequenceLength } = tokens.sequences;
	return {
		name,
		scale,
		source: {
			model,
			ids,
			sequenceLength,
			device,
			memory
		},
		work
	};
}
/** Tokens that are run again in float64 for an SAE whose activations jump: 8 % of the Gemma-2 fixture's. */
const EXACT_SHARE = .08;
/** An estimate, before anything is known of the activations. */
function closeCallCost({ dictionary: { encoder, reads } }, decoder, tokens) {
	if (!canJump(encoder)) return 0;
	return stageCost.exactBody(decoder, reads.layer, EXACT_SHARE * tokens.chunked.plan.rows, tokens.longest);
}
// src/audit/cost.ts
/** Floating-point operations of the whole audit, before it is known how many features are active. */
function auditCost(decoder, readouts, tokens, { candidates, losses }) {
	const rows = tokens.chunked.plan.rows;
	const windows = tokens.sliding?.plan.sequences.reduce((sum, s) => sum + s.end - s.begin, 0) ?? 0;
	const scored = tokens.chunked.scored.rows.length + (tokens.sliding?.scored.rows.length ?? 0);
	const models = candidates + 1;
	const perReadout = (readout) => {
		const { d_in, d_sae } = readout.dictionary;
		return stageCost.features(d_in, d_sae, rows, models) + closeCallCost(readout, decoder, tokens) * models;
	};
	return stageCost.body(decoder, rows + windows, tokens.longest) * models + (losses ? stageCost.head(decoder, scored, models) : 0) + readouts.reduce((sum, readout) => sum + perReadout(readout), 0);
}
// src/audit/rows/row-batches.ts
/**
* @file The rows of a store in the batches that are summed together: rows of one token group, all at the start of their
* sequence or none. So sums of either kind can be told apart afterwards.
*/
/** The rows of a capture over the corpus' sequences, for a read-out. */
function rowLayout({ sequences, groupStarts }, { positions }) {
	const { sequenceCount, blockLength: sequenceLength } = sequences;
	return {
		sequenceCount,
		sequenceLength,
		groupStarts,
		leading: Math.max(1, leftOut$2(positions))
	};
}
function groupsOf({ groupStarts }) {
	return groupStarts.length - 1;
}
/** Every row once, in batches of up to `size`. */
function* rowBatches(layout, size) {
	const { sequenceLength, groupStarts, leading } = layout;
	for (let tokenGroup = 0; tokenGroup < groupsOf(layout); tokenGroup++) {
		const [from, to] = [present(groupStarts[tokenGroup]), present(groupStarts[tokenGroup + 1])];
		const first = [];
		const rest = [];
		for (let row = from * sequenceLength; row < to * sequenceLength; row++) if (row % sequenceLength < leading) first.push(row);
		else rest.push(row);
		for (const [place, rows] of [["first", first], ["rest", rest]]) for (let start = 0; start < rows.length; start += size) yield {
			rows: Int32Array.from(rows.slice(start, start + size)),
			tokenGroup,
			place
		};
	}
}
// src/audit/run/claims.ts
/** L0 depends on the text: a factor of two either way is common between a training corpus and another. */
const L0_FACTOR = 2.5;
/** Variance unexplained likewise; a claim may be about other positions. */
const UNEXPLAINED_MARGIN = .15;
/** Sentences without the read-out's name. */
function claimWarnings(claims, measured) {
	const { l0, unexplained, model, contextSize } = claims;
	const found = [];
	if (l0 !== null && (measured.l0 > l0 * L0_FACTOR || measured.l0 < l0 / L0_FACTOR)) found.push(`${measured.l0.toFixed(1)} features fire per position, where the SAE's own files say ${l0}: check its hook, --center and a factor on its input`);
	if (unexplained !== null && (measured.unexplained ?? 0) > unexplained + UNEXPLAINED_MARGIN) found.push(`it leaves ${percent(measured.unexplained ?? 0)} of the variance unexplained, where its own files say ${percent(unexplained)}`);
	if (model !== null && isOtherModel(model, measured.reference)) found.push(`it was trained on ${model}, and the reference is ${measured.reference}`);
	if (contextSize !== null && measured.blockLength > contextSize) found.push(`it was trained on contexts of ${contextSize} tokens, and sequences have ${measured.blockLength}: positions beyond are new to it`);
	return found;
}
const percent = (part) => `${(100 * part).toFixed(0)} %`;
/** Names of the same model differ by owner, by `-small` and by how it was tuned; a path on this machine says nothing. */
function isOtherModel(claimed, reference) {
	const match = /^hf:[^/]+\/([^/@]+)/.exec(reference);
	if (match === null) return false;
	const plain = (name) => (name.split("/").at(-1) ?? name).toLowerCase().replace(/-(small|pt|base|hf|v0\.1)$/, "").replaceAll(/[^a-z0-9.]/g, "");
	const [a, b] = [plain(claimed), plain(match[1] ?? "")];
	return !(a.includes(b) || b.includes(a));
}
// src/audit/features/encoder-graph.ts
/** @file An SAE's encoder in a graph, in tiles of features. */
/** Tiles are a multiple of this wide: whole vectors. */
const TILE_MULTIPLE = 16;
/** Columns of an encoder, in the order of `features`. Only where features activate by themselves. */
function selectFeatures(encoder, features) {
	const { d_in, input, W_enc, bias, threshold, activatesBy } = encoder;
	if (activatesBy !== "feature") throw new RangeError("features that activate by the row cannot be had apart");
	const width = bias.length;
	const selected = new Float32Array(d_in * features.length);
	for (let row = 0; row < d_in; row++) for (let k = 0; k < features.length; k++) selected[row * features.length + k] = present(W_enc[row * width + present(features[k])]);
	const pick = (values) => Float32Array.from(features, (j) => present(values[j]));
	return {
		d_in,
		input,
		W_enc: selected,
		bias: pick(bias),
		threshold: threshold === null ? null : pick(threshold),
		activatesBy
	};
}
/** Feature ranges that cover the encoder, none wider than `tile`. */
function featureTiles(width, tile) {
	const count = Math.ceil(width / tile);
	const size = Math.ceil(width / count / TILE_MULTIPLE) * TILE_MULTIPLE;
	return Array.from({ length: Math.ceil(width / size) }, (_, i) => [i * size, Math.min((i + 1) * size, width)]);
}
/** `name` tells the weights of several encoders in one graph apart. */
function encoderTile(g, encoder, [start, end], name = "") {
	const size = end - start;
	const { d_in, W_enc, bias, threshold } = encoder;
	const width = bias.length;
	const columns = new Float32Array(d_in * size);
	for (let row = 0; row < d_in; row++) columns.set(W_enc.subarray(row * width + start, row * width + end), row * size);
	return {
		W: g.initializer(`${name}W_enc_${start}`, "float32", [d_in, size], columns),
		bias: g.initializer(`${name}bias_${start}`, "float32", [size], bias.subarray(start, end)),
		threshold: threshold === null ? null : g.initializer(`${name}threshold_${start}`, "float32", [size], threshold.subarray(start, end)),
		size
	};
}
/** x (n_row, d_in) · W + b → (n_row, tile) */
function preActivations(g, x, tile) {
	return gemmPlain(g, x, tile.W, tile.bias);
}
/** What features make of them, (n_row, tile). */
function activate(g, pre, tile) {
	const active = relu(g, pre);
	return tile.threshold === null ? active : jumpRelu$1(g, active, tile.threshold);
}
// src/audit/features/feature-columns.ts
/**
* @file What is kept of feature activations: sums over the rows of a run, feature by feature, tile after tile.
*
* Rows are summed in as many parts as there are threads. The engine gives each thread the same share of the rows in a
* matrix product (where a tile is not wider than the run has rows), in elementwise operators, and here, part by part: so a
* thread finds the activations that it sums in its own core's cache. Handing them to another core costs little where
* cores share a cache and a third of the whole pass where they do not (docs/decisions/2026-11-25-rows-stay-with-threads.md).
*/
/** Gathers one row of figures per tile under each name, and puts them side by side at the end. */
var FeatureColumns = class {
	#g;
	#parts;
	#ones;
	/** (parts, 1, tile) each, still to be added up. */
	#sums = /* @__PURE__ */ new Map();
	/** (1, tile) each. */
	#peaks = /* @__PURE__ */ new Map();
	/** `ones` (parts, 1, n_part): 1 for rows that are summed, 0 for rows that fill up. */
	constructor(g, ones) {
		const [parts] = ones.shape;
		if (typeof parts !== "number") throw new RangeError("in how many parts rows are summed is not known");
		this.#g = g;
		this.#parts = parts;
		this.#ones = ones;
	}
	/** Σ over the rows of x (n_row, tile), as a product with ones: quicker than ReduceSum. */
	sum(name, x) {
		append(this.#sums, name, matMul(this.#g, this.#ones, this.#apart(x)));
	}
	/** Largest of the rows of x (n_row, tile), those that fill up included. */
	peak(name, x) {
		const g = this.#g;
		const peak = reduceMax(g, reduceMax(g, this.#apart(x), 1), 0);
		append(this.#peaks, name, reshape(g, peak, [1, -1], [1, present(x.shape[1])]));
	}
	/** (n_row, tile) → (parts, n_part, tile) */
	#apart(x) {
		const tile = x.shape[1];
		if (typeof tile !== "number") throw new RangeError(`${x.name} is not a tile of features`);
		return reshape(this.#g, x, [
			this.#parts,
			-1,
			tile
		], [
			this.#parts,
			"n_part",
			tile
		]);
	}
	/**
	* The figures by name, (1, width) each. The engine runs what an output needs before it turns to the next output. So there is
	* one node that needs everything, tile after tile: a tile's activations are then summed while they are in cache, and
	* never are those of all tiles in memory together (docs/decisions/2026-11-25-tile-order.md).
	*/
	values(width) {
		const g = this.#g;
		const names = [...this.#sums.keys(), ...this.#peaks.keys()];
		const figures = split(g, concat(g, this.#tiles(names.length), 1, [names.length, width]), names.length, 0, [1, width]);
		return new Map(figures.map((value, i) => [present(names[i]), value]));
	}
	/** (names, tile) each: sums, then peaks. */
	#tiles(names) {
		const g = this.#g;
		const [first = []] = this.#sums.values();
		return first.map(({ shape }, tile) => {
			const size = present(shape[2]);
			const ofTile = (values) => [...values.values()].flatMap((tiles) => tiles[tile] ?? []);
			const sums = concat(g, ofTile(this.#sums), 1, [
				this.#parts,
				this.#sums.size,
				size
			]);
			return concat(g, [firstAxisSum(g, sums), ...ofTile(this.#peaks)], 0, [names, size]);
		});
	}
};
function append(values, name, value) {
	values.set(name, [...values.get(name) ?? [], value]);
}
// src/audit/features/prepared-rows.ts
/** Keeps a row without variance, or of zeros, from dividing by nothing: SAELens' own. */
const LAYER_NORM_EPSILON = 1e-5;
/** x (n_row, d_in) as `input` says. */
function prepareRows(g, x, input) {
	const width = x.shape[1];
	if (typeof width !== "number") throw new RangeError(`${x.name}: its width is not known`);
	const perRow = (sums, count) => div(g, sums, g.scalar("float32", count));
	switch (input) {
		case "plain": return {
			rows: x,
			undo: (rebuilt) => rebuilt
		};
		case "layer_norm": {
			const mean = perRow(rowSums(g, x), width);
			const centred = sub(g, x, mean);
			const variance = perRow(rowSums(g, mul(g, centred, centred)), width - 1);
			const deviation = add(g, sqrt(g, variance), g.scalar("float32", LAYER_NORM_EPSILON));
			return {
				rows: div(g, centred, deviation),
				undo: (rebuilt) => add(g, mul(g, rebuilt, deviation), mean)
			};
		}
		case "constant_norm_rescale": {
			const length = sqrt(g, perRow(rowSums(g, mul(g, x, x)), width));
			return {
				rows: div(g, x, length),
				undo: (rebuilt) => mul(g, rebuilt, length)
			};
		}
	}
}
// src/audit/features/feature-graph.ts
/**
* @file SAE features of a batch of rows, tiled over features and summed over rows inside the graph: feature
* activations [tokens, d_sae] exist only a tile at a time, in cache.
*
* Sums over rows are products with a row of ones, in float32 over at most a few hundred rows; they are added up in
* float64 outside. For features that activate by themselves; by the row: row-pass.ts. The encoder bias already holds −b_dec·W_enc where the SAE subtracts b_dec from its input.
*/
/**
* What a firing adds to `firings`: activations are clipped to it, so that a column sum is an exact multiple. One pass
* instead of a comparison and a cast: a twentieth of the reference's SAE pass. No activation above 0 is that small: it would
* have to be 10⁻²³ of the rounding of the terms it is the sum of.
*/
const FIRING = 2 ** -100;
/** Marks what lies in the bands of a tile; without bands nothing is counted. */
var Closeness = class {
	#g;
	#bands;
	#reaches;
	constructor(g, bands, reaches) {
		this.#g = g;
		this.#bands = bands;
		this.#reaches = reaches;
	}
	of([start, end], tile, name) {
		const { threshold } = tile;
		if (this.#bands === null || threshold === null) return () => null;
		const g = this.#g;
		const part = (of, values) => g.initializer(`${name}${of}_${start}`, "float32", [end - start], values.subarray(start, end));
		const slack = part("slack", this.#bands.slack);
		const scale = part("scale", this.#bands.scale);
		return (pre, model) => {
			const reach = this.#reaches[model];
			if (reach === void 0) return null;
			const band = add(g, mul(g, scale, reach), slack);
			const near = less(g, abs(g, sub(g, pre, threshold)), band);
			return cast(g, near, "float32");
		};
	}
};
/**
* The reference alone. Values, (1, d_sae): `sum` Σa, `squares` Σa², `firings` #(a > 0) in units of FIRING, `peak` max a; with
* bands also `close_0`, how many pre-activations lie in them.
*/
function referenceSums(g, { encoder, tiling, bands, name = "" }, { rows, ones, reaches }) {
	const [read] = rows;
	if (read === void 0) throw new RangeError("sums without a reference");
	const { rows: x } = prepareRows(g, read, encoder.input);
	const columns = new FeatureColumns(g, ones);
	const closeness = new Closeness(g, bands, reaches);
	for (const range of featureTiles(encoder.bias.length, tiling.featureTile)) {
		const tile = encoderTile(g, encoder, range, name);
		const pre = preActivations(g, x, tile);
		const a = activate(g, pre, tile);
		const close = closeness.of(range, tile, name)(pre, 0);
		if (close !== null) columns.sum("close_0", close);
		columns.sum("sum", a);
		columns.sum("squares", mul(g, a, a));
		columns.sum("firings", clip(g, a, g.scalar("float32", 0), g.scalar("float32", FIRING)));
		columns.peak("peak", a);
	}
	return columns.values(encoder.bias.length);
}
/**
* Candidates beside the reference. Values, (1, features), per candidate c ≥ 1: `sum_c` Σb, `squares_c` Σb², `product_c` Σab; with
* bands also `close_m` of every model m ≥ 0.
*/
function candidateSums(g, { encoder, tiling, bands, name = "" }, { rows, ones, reaches }) {
	const columns = new FeatureColumns(g, ones);
	const closeness = new Closeness(g, bands, reaches);
	const prepared = rows.map((x) => prepareRows(g, x, encoder.input).rows);
	for (const range of featureTiles(encoder.bias.length, tiling.featureTile)) {
		const tile = encoderTile(g, encoder, range, name);
		const mark = closeness.of(range, tile, name);
		const [a, ...bs] = prepared.map((x, m) => {
			const pre = preActivations(g, x, tile);
			const close = mark(pre, m);
			if (close !== null) columns.sum(`close_${m}`, close);
			return activate(g, pre, tile);
		});
		if (a === void 0) continue;
		for (const [i, b] of bs.entries()) {
			columns.sum(`sum_${i + 1}`, b);
			columns.sum(`squares_${i + 1}`, mul(g, b, b));
			columns.sum(`product_${i + 1}`, mul(g, a, b));
		}
	}
	return columns.values(encoder.bias.length);
}
/** Inputs of a graph of sums alone: `x_m` (n_row, d_in) per model, `ones`, and with bands `reach_m` (1) per model. */
function sumInputs(g, { encoder, tiling, bands }, models) {
	const each = (name, shape) => Array.from({ length: models }, (_, m) => g.input(`${name}_${m}`, "float32", shape));
	return {
		rows: each("x", ["n_row", encoder.d_in]),
		ones: g.input("ones", "float32", [
			tiling.rowParts,
			1,
			"n_part"
		]),
		reaches: bands === null ? [] : each("reach", [1])
	};
}
/** The reference's sums as a graph of their own. */
function referenceGraph(plan) {
	const g = new GraphBuilder();
	g.outputs(referenceSums(g, plan, sumInputs(g, plan, 1)));
	return g.build();
}
/** The sums of candidates beside the reference as a graph of their own. */
function candidateGraph(plan, candidates) {
	const g = new GraphBuilder();
	g.outputs(candidateSums(g, plan, sumInputs(g, plan, candidates + 1)));
	return g.build();
}
// src/audit/features/pass-types.ts
/** Work of an SAE's encoder on so many of its features and so many rows, of all models together. */
function encoderLoad({ d_in }, features, rows) {
	return {
		weightBytes: 4 * d_in * features,
		operations: 2 * d_in * features * rows
	};
}
// src/audit/features/residual-distance.ts
/** @file How far two residual streams lie apart, row by row. */
var ResidualDistance = class {
	#apart = 0;
	#size = 0;
	#cosines = 0;
	#rows = 0;
	/** The first `rows` rows of both; others fill up. */
	add(reference, candidate, rows) {
		if (reference?.type !== "float32" || candidate?.type !== "float32") return;
		const [, width = 0] = reference.dims;
		const x = reference.data;
		const y = candidate.data;
		for (let row = 0; row < rows; row++) {
			let [xx, yy, xy] = [
				0,
				0,
				0
			];
			for (let i = row * width; i < (row + 1) * width; i++) {
				const a = present(x[i]);
				const b = present(y[i]);
				xx += a * a;
				yy += b * b;
				xy += a * b;
			}
			this.#apart += xx + yy - 2 * xy;
			this.#size += xx;
			this.#cosines += xx > 0 && yy > 0 ? xy / Math.sqrt(xx * yy) : 0;
		}
		this.#rows += rows;
	}
	summary() {
		return {
			residualError: this.#size === 0 ? 0 : Math.sqrt(Math.max(0, this.#apart) / this.#size),
			meanCosine: this.#rows === 0 ? 1 : this.#cosines / this.#rows
		};
	}
};
// src/audit/features/row-features.ts
/**
* The features that fire by a row's rule, tile after tile, so that a tile's pre-activations are chosen from while they are in
* cache; of equal ones those of lower index (docs/decisions/2026-11-29-row-encoders.md). `x`: prepared.
*/
function rowFeatures(g, x, encoder, tile) {
	const { activatesBy, bias } = encoder;
	if (activatesBy === "feature") throw new RangeError("features that activate by themselves");
	const width = bias.length;
	const parts = (activatesBy.kind === "topk" ? featureTiles(width, Math.max(tile, activatesBy.k)) : groupTiles(width, width / activatesBy.k, tile)).map((range) => tileWinners(g, x, encoder, range));
	const count = parts.reduce((sum, { values }) => sum + Number(values.shape[1]), 0);
	const values = concat(g, parts.map((part) => part.values), 1, ["n_row", count]);
	const ids = concat(g, parts.map((part) => part.ids), 1, ["n_row", count]);
	if (activatesBy.kind === "groupmax" || parts.length === 1) return {
		values: relu(g, values),
		ids
	};
	const best = topK(g, values, activatesBy.k);
	return {
		values: relu(g, best.values),
		ids: gatherElements(g, ids, best.indices, 1)
	};
}
/** Tiles of whole groups of `group` features, about `tile` wide. */
function groupTiles(width, group, tile) {
	const size = group * Math.max(1, Math.floor(tile / group));
	return Array.from({ length: Math.ceil(width / size) }, (_, i) => [i * size, Math.min((i + 1) * size, width)]);
}
/** Of one tile what may be among the row's: its k largest, or of each of its groups the largest. */
function tileWinners(g, x, encoder, range) {
	const { activatesBy: rule } = encoder;
	if (rule === "feature") throw new RangeError("features that activate by themselves");
	const [start, end] = range;
	const tile = encoderTile(g, encoder, range);
	const pre = preActivations(g, x, tile);
	if (rule.kind === "topk") {
		const { values, indices } = topK(g, pre, Math.min(rule.k, tile.size));
		return {
			values,
			ids: start === 0 ? indices : add(g, indices, g.integers([start]))
		};
	}
	const group = encoder.bias.length / rule.k;
	const groups = (end - start) / group;
	const { value, index } = top1(g, reshape(g, pre, [
		-1,
		groups,
		group
	], [
		"n_row",
		groups,
		group
	]));
	const flat = (of) => reshape(g, of, [-1, groups], ["n_row", groups]);
	const starts = BigInt64Array.from({ length: groups }, (_, i) => BigInt(start + i * group));
	const first = g.initializer(`groups_${start}`, "int64", [groups], starts);
	return {
		values: flat(value),
		ids: add(g, flat(index), first)
	};
}
// src/audit/features/row-pass.ts
/**
* @file The SAE over stored residuals where features fire by the row. The engine gives k values and ids per row; sums over rows are
* made here, in float64, of what fires alone. Every model needs its whole encoder, because what fires depends on all of
* the row, and it depends on that model's row only.
*/
/** Input `x_0` (n_row, d_in); outputs `values` and `ids`, (n_row, k). */
function rowGraph(encoder, tile) {
	const g = new GraphBuilder();
	const { values, ids } = rowFeatures(g, prepareRows(g, g.input("x_0", "float32", ["n_row", encoder.d_in]), encoder.input).rows, encoder, tile);
	g.output("values", values);
	g.output("ids", ids);
	return g.build();
}
async function loadEncoder({ encoder, device }, rows) {
	const lanes = shareThreads(device, encoderLoad(encoder, encoder.bias.length, rows));
	const size = runSize(lanes.device);
	return {
		session: await createLanes(rowGraph(encoder, size.featureTile), lanes, "the SAE encoder"),
		rows: size.featureRows
	};
}
function firedIn(result) {
	return {
		values: result.float32("values"),
		ids: result.int64("ids")
	};
}
/** Sums of the reference over every feature. */
async function referenceRowPass(pass, reference) {
	const { encoder, layout, onTokens } = pass;
	const width = encoder.bias.length;
	const moments = {
		first: emptyReferenceMoments(groupsOf(layout), width),
		rest: emptyReferenceMoments(groupsOf(layout), width)
	};
	const { session, rows } = await loadEncoder(pass, reference.store.rows);
	const sums = new ReferenceSums(width);
	let done = 0;
	try {
		const begin = async (batch) => await session.run(await passInputs([reference], batch, 1));
		await inOrder(rowBatches(layout, rows), session.inFlight, begin, (result, batch) => {
			const into = moments[batch.place];
			into.positions[batch.tokenGroup] = present(into.positions[batch.tokenGroup]) + batch.rows.length;
			sums.add(firedIn(result), into, batch.tokenGroup);
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await session.release();
	}
	return moments;
}
/** Adds what fires to a token group's sums, feature by feature. */
var ReferenceSums = class {
	#one = {
		sum: /* @__PURE__ */ new Float64Array(1),
		sumOfSquares: /* @__PURE__ */ new Float64Array(1),
		firings: Float64Array.of(1),
		peak: /* @__PURE__ */ new Float64Array(1)
	};
	#width;
	constructor(width) {
		this.#width = width;
	}
	add({ values, ids }, into, tokenGroup) {
		const { sum, sumOfSquares, peak } = this.#one;
		for (let i = 0; i < values.length; i++) {
			const a = present(values[i]);
			if (a <= 0) continue;
			sum[0] = a;
			sumOfSquares[0] = a * a;
			peak[0] = a;
			addReferenceTile(into, tokenGroup, idOf(ids, i, this.#width), this.#one);
		}
	}
};
function idOf(ids, at, width) {
	const id = Number(ids[at]);
	if (!(id >= 0 && id < width)) throw new RangeError(`feature ${id} of ${width}`);
	return id;
}
/** Sums of candidates beside the reference, on `features` only (ascending ids). */
async function candidateRowPass(pass, features, { reference, candidates }) {
	const { encoder, layout, onTokens } = pass;
	const passes = candidates.map(() => ({
		moments: {
			first: emptyCandidateMoments(groupsOf(layout), features),
			rest: emptyCandidateMoments(groupsOf(layout), features)
		},
		distance: new ResidualDistance()
	}));
	const models = [reference, ...candidates];
	const { session, rows } = await loadEncoder(pass, models.length * reference.store.rows);
	const pairs = new PairSums(encoder, features);
	const begin = async (batch) => {
		const inputs = await passInputs(models, batch, 1);
		const fired = [];
		for (let m = 0; m < models.length; m++) fired.push(firedIn(await session.run({ x_0: present(inputs[`x_${m}`]) })));
		return {
			inputs,
			fired
		};
	};
	let done = 0;
	try {
		await inOrder(rowBatches(layout, rows), session.inFlight, begin, ({ inputs, fired }, batch) => {
			for (const [c, { moments, distance }] of passes.entries()) {
				distance.add(inputs.x_0, inputs[`x_${c + 1}`], batch.rows.length);
				pairs.add(present(fired[0]), present(fired[c + 1]), moments[batch.place], batch.tokenGroup);
			}
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await session.release();
	}
	return passes.map(({ moments, distance }) => ({
		moments,
		...distance.summary()
	}));
}
/** Adds a candidate's row beside the reference's: products are of features that fire in both. */
var PairSums = class {
	#k;
	#width;
	/** Column of each feature among those that count, or −1. */
	#columns;
	/** The reference's row, spread out; zero between rows. */
	#row;
	#one = {
		sum: /* @__PURE__ */ new Float64Array(1),
		sumOfSquares: /* @__PURE__ */ new Float64Array(1),
		product: /* @__PURE__ */ new Float64Array(1)
	};
	constructor({ activatesBy, bias }, features) {
		if (activatesBy === "feature") throw new RangeError("features that activate by themselves");
		this.#k = activatesBy.k;
		this.#width = bias.length;
		this.#columns = new Int32Array(bias.length).fill(-1);
		this.#row = new Float64Array(bias.length);
		for (const [column, feature] of features.entries()) this.#columns[feature] = column;
	}
	add(reference, candidate, into, tokenGroup) {
		const k = this.#k;
		for (let start = 0; start < reference.values.length; start += k) {
			this.#spread(reference, start, true);
			this.#addRow(candidate, start, into, tokenGroup);
			this.#spread(reference, start, false);
		}
	}
	#spread({ values, ids }, start, on) {
		for (let i = start; i < start + this.#k; i++) this.#row[idOf(ids, i, this.#width)] = on ? present(values[i]) : 0;
	}
	#addRow({ values, ids }, start, into, tokenGroup) {
		const { sum, sumOfSquares, product } = this.#one;
		for (let i = start; i < start + this.#k; i++) {
			const b = present(values[i]);
			const feature = idOf(ids, i, this.#width);
			const column = present(this.#columns[feature]);
			if (b <= 0 || column < 0) continue;
			sum[0] = b;
			sumOfSquares[0] = b * b;
			product[0] = b * present(this.#row[feature]);
			addCandidateTile(into, tokenGroup, column, this.#one);
		}
	}
};
// src/audit/features/feature-pass.ts
/**
* @file The SAE over stored residuals. First the reference alone, which decides what is active; then candidates beside
* it, on the features that count. Position 0 of every sequence is summed apart from the rest, so that one pass tells both
* what every position gives and what it gives without attention sinks.
*/
function featurePass({ tokens, device }, readout, onTokens) {
	return {
		encoder: readout.encoder,
		layout: rowLayout(tokens, readout),
		device,
		onTokens
	};
}
/** Sums of the reference over every feature. What `watch` finds close is in none of them; null: float32 decides. */
async function referencePass(pass, reference, watch) {
	return await withFewerRows(pass.device, (device) => referenceOn({
		...pass,
		device
	}, reference, watch));
}
async function referenceOn(pass, reference, watch) {
	const { encoder, layout, device, onTokens } = pass;
	if (encoder.activatesBy !== "feature") return await referenceRowPass(pass, reference);
	const width = encoder.bias.length;
	const moments = {
		first: emptyReferenceMoments(groupsOf(layout), width),
		rest: emptyReferenceMoments(groupsOf(layout), width)
	};
	const lanes = shareThreads(device, encoderLoad(encoder, width, reference.store.rows));
	const size = runSize(lanes.device);
	const session = await createLanes(referenceGraph({
		encoder,
		tiling: size,
		bands: watch?.bands ?? null
	}), lanes, "the SAE encoder");
	let done = 0;
	const begin = async (batch) => {
		const inputs = await passInputs([reference], batch, size.rowParts);
		const sighting = watch?.look(inputs);
		return {
			sighting,
			result: await session.run({
				...inputs,
				...sighting?.inputs
			})
		};
	};
	try {
		await inOrder(rowBatches(layout, size.featureRows), session.inFlight, begin, ({ sighting, result }, batch) => {
			const into = moments[batch.place];
			into.positions[batch.tokenGroup] = present(into.positions[batch.tokenGroup]) + batch.rows.length;
			const tile = {
				sum: result.float32("sum"),
				sumOfSquares: result.float32("squares"),
				firings: result.float32("firings").map((sum) => sum / FIRING),
				peak: result.float32("peak")
			};
			if (sighting !== void 0) watch?.mend(tile, {
				result,
				sighting,
				batch
			});
			addReferenceTile(into, batch.tokenGroup, 0, tile);
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await session.release();
	}
	return moments;
}
/**
* Sums of candidates beside the reference, on `features` only (ascending ids). What `watch` finds close is in none of them;
* null: float32 decides.
*/
async function candidatePass(pass, features, compared, watch) {
	return await withFewerRows(pass.device, (device) => candidatesOn({
		...pass,
		device
	}, features, compared, watch));
}
async function candidatesOn(pass, features, compared, watch) {
	const { encoder, layout, device, onTokens } = pass;
	if (encoder.activatesBy !== "feature") return await candidateRowPass(pass, features, compared);
	const { reference, candidates } = compared;
	const passes = candidates.map(() => ({
		moments: {
			first: emptyCandidateMoments(groupsOf(layout), features),
			rest: emptyCandidateMoments(groupsOf(layout), features)
		},
		distance: new ResidualDistance()
	}));
	const models = [reference, ...candidates];
	const lanes = shareThreads(device, encoderLoad(encoder, features.length, models.length * reference.store.rows));
	const size = runSize(lanes.device);
	const bands = watch?.bands ?? null;
	const graph = () => candidateGraph({
		encoder: selectFeatures(encoder, features),
		tiling: size,
		bands
	}, candidates.length);
	const session = features.length === 0 ? null : await createLanes(graph(), lanes, "the SAE encoder");
	const begin = async (batch) => {
		const inputs = await passInputs(models, batch, size.rowParts);
		const sighting = watch?.look(inputs, candidates.length);
		return {
			inputs,
			sighting,
			result: await session?.run({
				...inputs,
				...sighting?.inputs
			}) ?? null
		};
	};
	let done = 0;
	try {
		await inOrder(rowBatches(layout, size.featureRows), session?.inFlight ?? 1, begin, ({ inputs, sighting, result }, batch) => {
			for (const [c, { moments, distance }] of passes.entries()) {
				distance.add(inputs.x_0, inputs[`x_${c + 1}`], batch.rows.length);
				if (result === null) continue;
				const tile = candidateTile(result, c);
				if (sighting !== void 0) watch?.mend(c, tile, {
					result,
					sighting,
					batch
				});
				addCandidateTile(moments[batch.place], batch.tokenGroup, 0, tile);
			}
			done += batch.rows.length;
			onTokens(done);
		});
	} finally {
		await session?.release();
	}
	return passes.map(({ moments, distance }) => ({
		moments,
		...distance.summary()
	}));
}
/** Sums of candidate `c` (0 is the first) in one run. */
function candidateTile(result, c) {
	return {
		sum: result.float32(`sum_${c + 1}`),
		sumOfSquares: result.float32(`squares_${c + 1}`),
		product: result.float32(`product_${c + 1}`)
	};
}
// src/audit/features/first-position.ts
/** @file How much of a residual stream's variance lies in the first position of its sequences, an attention sink on most models. */
/** Rows that are read at a time. */
const ROWS$1 = 512;
/** Σ‖x − mean‖² over rows at position 0, as a part of that over all of `rows` (ascending; the mean is theirs). 0 where nothing varies. */
async function firstPositionShare(residuals, rows, sequenceLength) {
	const { width } = residuals.store;
	const all = new Squares(width);
	const first = new Squares(width);
	for (let start = 0; start < rows.length; start += ROWS$1) {
		const batch = rows.subarray(start, start + ROWS$1);
		const values = await residualRows(residuals, batch);
		for (const [i, row] of batch.entries()) {
			const x = values.subarray(i * width, (i + 1) * width);
			all.add(x);
			if (row % sequenceLength === 0) first.add(x);
		}
	}
	const mean = all.sums.map((sum) => sum / all.rows);
	const total = all.about(mean);
	return total > 0 ? first.about(mean) / total : 0;
}
/** Sums of rows from which Σ‖x − c‖² follows for any c. */
var Squares = class {
	sums;
	rows = 0;
	#squares = 0;
	constructor(width) {
		this.sums = new Float64Array(width);
	}
	add(x) {
		this.rows++;
		for (const [i, value] of x.entries()) {
			this.sums[i] = present(this.sums[i]) + value;
			this.#squares += value * value;
		}
	}
	about(center) {
		let [cross, size] = [0, 0];
		for (const [i, c] of center.entries()) {
			cross += c * present(this.sums[i]);
			size += c * c;
		}
		return this.#squares - 2 * cross + this.rows * size;
	}
};
// src/audit/features/rebuild.ts
/** @file Rows rebuilt of an SAE's features, in a graph. */
/** Where activations are multiplied on instead of summed, wider tiles make fewer partial sums of the result. */
const TILE_REBUILT = 2048;
/** (n_row, d_in) → (n_row, d_out) */
function rebuild(g, x, rebuilding) {
	const { encoder, b_dec, W_skip } = rebuilding;
	const { rows, undo } = prepareRows(g, x, encoder.input);
	const d_out = b_dec.length;
	const sum = encoder.activatesBy === "feature" ? byFeature(g, rows, rebuilding) : byRow$1(g, rows, rebuilding);
	const rebuilt = undo(add(g, sum, g.initializer("b_dec", "float32", [d_out], b_dec)));
	if (W_skip === null) return rebuilt;
	const skip = g.initializer("W_skip", "float32", [encoder.d_in, d_out], W_skip);
	return add(g, rebuilt, matMul(g, x, skip));
}
function byFeature(g, x, { encoder, W_dec, b_dec }) {
	const d_out = b_dec.length;
	let sum = null;
	for (const range of featureTiles(encoder.bias.length, TILE_REBUILT)) {
		const [start, end] = range;
		const tile = encoderTile(g, encoder, range);
		const a = activate(g, preActivations(g, x, tile), tile);
		const rows = W_dec.subarray(start * d_out, end * d_out);
		const part = matMul(g, a, g.initializer(`W_dec_${start}`, "float32", [end - start, d_out], rows));
		sum = sum === null ? part : add(g, sum, part);
	}
	if (sum === null) throw new RangeError("a dictionary without features");
	return sum;
}
/** The decoder's rows of what fires, times how much it fires. */
function byRow$1(g, x, { encoder, W_dec, b_dec }) {
	const d_out = b_dec.length;
	const { values, ids } = rowFeatures(g, x, encoder, TILE_REBUILT);
	const k = Number(values.shape[1]);
	const rows = gather(g, g.initializer("W_dec", "float32", [encoder.bias.length, d_out], W_dec), ids);
	const weights = reshape(g, values, [
		-1,
		1,
		k
	], [
		"n_row",
		1,
		k
	]);
	return reshape(g, g.apply("MatMul", [weights, rows], {
		type: "float32",
		shape: [
			"n_row",
			1,
			d_out
		]
	}), [-1, d_out], ["n_row", d_out]);
}
/** As a graph of its own. Input: `x_0` (n_row, d_in). Output: `rebuilt` (n_row, d_out). */
function rebuildGraph(rebuilding) {
	const g = new GraphBuilder();
	const x = g.input("x_0", "float32", ["n_row", rebuilding.encoder.d_in]);
	g.output("rebuilt", rebuild(g, x, rebuilding));
	return g.build();
}
// src/audit/features/sae-fit.ts
/** @file Does the SAE fit this model? How much of the residual's variance it leaves unexplained. */
/** Rows on which the SAE’s fit is measured: 4,096 give the unexplained variance to about 2 % of itself. */
const FIT_ROWS = 4096;
/** A dictionary that leaves this much unexplained is the wrong one: trained SAEs leave 0.05 to 0.4. */
const WORST_FIT = .9;
/** A variance of less than this part of the mean square is the rounding of residuals that are all the same. */
const LEAST_SPREAD = 1e-6;
/**
* Rows to measure the fit on, ascending: all of them, or `most` spread evenly over the corpus and over the positions of a sequence
* alike. Every 16th row would be position 0 of every sequence of 512, sixteen times its share, and position 0 is where the
* residual can be a hundred times as long as elsewhere. Without the positions that do not count.
*
* Row i is i·m mod n, with m near n / φ (points of a Kronecker sequence lie apart) and without a common divisor with n, so
* that it has none with the sequence length either, and every position comes as often as every other.
*/
function fitRows({ sequenceCount, sequenceLength }, positions, most) {
	const n = sequenceCount * sequenceLength;
	let step = Math.max(1, Math.round(n * (Math.sqrt(1.25) - .5)));
	while (greatestCommonDivisor(step, n) > 1) step++;
	const first = leftOut$2(positions);
	const rows = [];
	for (let i = 0; i < Math.min(n, most); i++) {
		const row = i * step % n;
		if (row % sequenceLength >= first) rows.push(row);
	}
	return Int32Array.from(rows).sort();
}
function greatestCommonDivisor(a, b) {
	return b === 0 ? a : greatestCommonDivisor(b, a % b);
}
/** How well the SAE rebuilds `rows` (ascending). */
async function measureFit(sae, places, rows, device) {
	return await withDecoder(sae, device, (decoder) => fitOver(decoder, places, rows));
}
/** Factors on the input that are tried: a missing one of 0.5 or 1.25 passes every other check. */
const SCALES = Array.from({ length: 13 }, (_, i) => 2 ** ((i - 6) / 3));
/** Rows that each is tried on. */
const SCAN_ROWS = 512;
/** A factor is markedly better when it leaves less than this part of what is left without it. */
const MARKEDLY = .75;
/** Where rows are normalised before they are encoded no factor matters, and null is given at once. */
async function betterInputScale(sae, { reads, predicts }, rows, device) {
	if (sae.encoder.input !== "plain") return null;
	const every = Math.max(1, Math.floor(rows.length / SCAN_ROWS));
	const some = rows.filter((_, i) => i % every === 0);
	const found = await withDecoder(sae, device, async (decoder) => {
		const fits = [];
		for (const scale of SCALES) {
			const scaled = {
				reads: {
					...reads,
					scale
				},
				predicts: {
					...predicts,
					scale
				}
			};
			fits.push({
				scale,
				unexplained: (await fitOver(decoder, scaled, some)).unexplained
			});
		}
		return fits;
	});
	const own = found.find(({ scale }) => scale === 1)?.unexplained ?? NaN;
	const best = found.reduce((a, b) => b.unexplained < a.unexplained ? b : a);
	return best.unexplained < MARKEDLY * own ? best : null;
}
async function withDecoder({ encoder, dictionary }, device, use) {
	const graph = rebuildGraph({
		encoder,
		W_dec: await dictionary.W_dec(),
		W_skip: await dictionary.W_skip(),
		b_dec: dictionary.b_dec
	});
	const session = await createSession(graph, device, "the SAE decoder");
	try {
		return await use({
			session,
			batchRows: rowsAtOnce(encoder, dictionary.b_dec.length, runSize(device).featureRows)
		});
	} finally {
		await session.release();
	}
}
async function fitOver({ session, batchRows }, { reads, predicts }, rows) {
	const { width } = predicts.store;
	const sums = new Float64Array(width);
	let [squares, errors] = [0, 0];
	for (let start = 0; start < rows.length; start += batchRows) {
		const batch = rows.subarray(start, start + batchRows);
		const x = await residualRows(reads, batch);
		const dims = [batch.length, reads.store.width];
		const rebuilt = (await session.run({ x_0: {
			type: "float32",
			data: x,
			dims
		} })).float32("rebuilt");
		const y = await residualRows(predicts, batch);
		for (let i = 0; i < y.length; i++) {
			const value = present(y[i]);
			sums[i % width] = present(sums[i % width]) + value;
			squares += value * value;
			errors += (value - present(rebuilt[i])) ** 2;
		}
	}
	const variance = squares - sums.reduce((total, sum) => total + sum * sum, 0) / rows.length;
	return {
		unexplained: errors / variance,
		spread: variance / squares
	};
}
/** Numbers that the decoder's rows of one batch may have, where they are gathered: 128 MB. */
const MOST_GATHERED = 2 ** 25;
/** Where features fire by the row, each row gathers k rows of the decoder. */
function rowsAtOnce({ activatesBy }, width, most) {
	if (activatesBy === "feature") return most;
	return Math.max(1, Math.min(most, Math.floor(MOST_GATHERED / (activatesBy.k * width))));
}
/** SAE_BAD_FIT, or RESIDUALS_ALIKE where it is the text's fault and not the SAE's; null: it fits. */
function misfitOf({ dictionary, hook }, { unexplained, spread }, l0, corpus) {
	if (unexplained >= 0 && unexplained <= WORST_FIT) return null;
	if (!(spread >= LEAST_SPREAD)) return residualsAlike(corpus, hook);
	return badFit(dictionary.spec, hook, `${(100 * unexplained).toFixed(0)} %`, l0.toFixed(1));
}
// src/audit/features/reference-features.ts
/** @file What the reference does at a read-out: what fires, how often, and whether the dictionary fits at all. */
/** Run an SAE over the reference's residuals. Errors: SAE_BAD_FIT, RESIDUALS_ALIKE, ENGINE_FAILED. */
async function seeReference(run, { model, capture }, readout) {
	const { config, device } = run;
	const { center } = readout;
	const residuals = {
		store: storeOf(capture.chunked, readout.hook),
		center
	};
	const target = {
		store: storeOf(capture.chunked, hookName(readout.dictionary.predicts)),
		center
	};
	const { rows } = residuals.store;
	const { d_in, d_sae } = readout.dictionary;
	const cost = stageCost.features(d_in, d_sae, rows, 1);
	const onTokens = run.work.stage(`reference: features at ${readout.id}`, cost, rows);
	const closeCalls = await closeCallsAt(run, readout, {
		name: "reference",
		model,
		scale: 1
	}, residuals);
	const moments = await referencePass(featurePass(run, readout, onTokens), residuals, closeCalls?.reference ?? null);
	const sure = countedMoments(readout, moments, addReferenceMoments);
	const undecided = await closeCalls?.settleReference({
		moments,
		counted: sure
	}) ?? [];
	const counted = countedMoments(readout, moments, addReferenceMoments);
	const active = activeFeatures(counted, config.thresholds.active);
	const sample = fitRows(rowLayout(run.tokens, readout), readout.positions, FIT_ROWS);
	const places = {
		reads: residuals,
		predicts: target
	};
	const fit = readout.dictionary.rebuilds ? await measureFit(readout, places, sample, device) : null;
	const report = {
		...readoutReport(readout, counted),
		varianceUnexplained: fit?.unexplained ?? null,
		active: active.length,
		thresholds: { ...config.thresholds }
	};
	const misfit = fit === null ? null : misfitOf(readout, fit, report.l0, config.corpus.source);
	if (misfit !== null && !config.allowBadFit) throw misfit;
	const scaled = fit === null ? null : await betterInputScale(readout, places, sample, device);
	const firstShare = await firstPositionShare(residuals, sample, run.tokens.sequences.blockLength);
	const allowed = misfit === null ? [] : [`${readout.id}: ${misfit.message} Audited all the same, by --allow-bad-fit`];
	const loaded = [...claimWarnings(readout.dictionary.claims, {
		l0: report.l0,
		unexplained: report.varianceUnexplained,
		reference: config.reference,
		blockLength: config.corpus.blockLength
	}), ...scaleWarnings(scaled, fit)].map((said) => `${readout.id}: ${said}`);
	return {
		readout,
		moments,
		counted,
		active,
		closeCalls,
		report,
		firstShare,
		warnings: [
			...undecided,
			...allowed,
			...silentWarnings(report),
			...placeWarnings(report),
			...loaded
		]
	};
}
/** An SAE whose input was scaled in training by a factor that its files do not say. */
function scaleWarnings(better, fit) {
	if (better === null || fit === null) return [];
	const left = (part) => `${(100 * part).toFixed(0)} %`;
	return [`with its input times ${better.scale.toPrecision(2)} the SAE would leave ${left(better.unexplained)} of the variance unexplained, not ${left(fit.unexplained)}: a factor that it was trained with may be missing`];
}
/** Where nothing counts as active, fractions are 0 of 0: said, because a table cannot. */
function silentWarnings({ id, active, thresholds }) {
	if (active > 0) return [];
	return [`${id}: no feature fires on more than ${100 * thresholds.active} % of the reference's tokens, so nothing can be said of survival; use more text, or check that this SAE was trained on this model`];
}
/** Trained SAEs leave 0.05 to 0.4 of the variance where they were trained. */
const MUCH_UNEXPLAINED = .5;
const MANY_DEAD = .2;
/** An SAE at another place than it was trained for: it may run, and says little. */
function placeWarnings({ id, varianceUnexplained, dead, width, tokens }) {
	const signs = [...varianceUnexplained !== null && varianceUnexplained > MUCH_UNEXPLAINED ? [`it leaves ${(100 * varianceUnexplained).toFixed(0)} % of the residual's variance unexplained`] : [], ...dead / width > MANY_DEAD ? [`${dead} of its ${width} features (${(100 * dead / width).toFixed(0)} %) fire nowhere in ${tokens} tokens`] : []];
	if (signs.length === 0) return [];
	return [`${id}: the SAE may be at the wrong place, or of another model: ${signs.join(", and ")}; check its hook, --center and --positions`];
}
/** The sums over the positions that count at this read-out. */
function countedMoments(readout, moments, add) {
	return readout.positions === "all" ? add(moments.first, moments.rest) : moments.rest;
}
function readoutReport({ id, hook, pattern, dictionary, center, positions }, counted) {
	return {
		id,
		sae: dictionary.spec,
		...pattern === null ? {} : { pattern },
		hook,
		layer: dictionary.reads.layer,
		width: dictionary.d_sae,
		modelWidth: dictionary.d_in,
		architecture: dictionary.architecture,
		sha256: dictionary.sha256,
		center,
		positions,
		tokens: countedPositions(counted),
		l0: meanFiring(counted),
		dead: deadFeatures(counted),
		neuronpedia: dictionary.neuronpedia
	};
}
// src/audit/gather-sums.ts
/** @file The sums of a whole audit, with what they were measured on: what a file of group sums holds. */
/** Errors: those of reading the files whose digests are wanted. */
async function gatherSums({ checkpoint }, { run, readouts, candidates }, { toolVersion }) {
	const { sequences, groupStarts } = run.tokens;
	const made = [];
	for (const { candidate } of candidates) {
		const sha256 = await artifactOf(candidate)?.sha256();
		made.push({
			name: candidate.name,
			made: sha256 ?? candidate.spec
		});
	}
	return {
		measured: {
			toolVersion,
			engine: runtimeVersion(),
			device: run.device.kind,
			operands: run.device.bodyType,
			reference: await checkpoint.sha256(),
			tokens: sequences.sha256,
			blockLength: sequences.blockLength,
			groups: groupStarts.length - 1,
			bos: JSON.stringify(sequences.bos),
			readouts: readouts.map(({ readout }) => ({
				id: readout.id,
				sha256: readout.dictionary.sha256,
				center: readout.center
			})),
			candidates: made
		},
		readouts: readouts.map(({ moments }) => moments),
		candidates: candidates.map(({ sums }) => sums)
	};
}
// src/audit/machine/device-memory.ts
/** For what lies between operators, and the arenas’ growth by powers of two. */
const BETWEEN_BYTES = 4e9;
/** What a session takes of the device, as a multiple of its weights. */
const SESSION_FACTOR = 1.3;
const FLOAT32_BYTES = 4;
/** Weights of the head at once, where nothing speaks for more. */
const HEAD_BYTES = 256e6;
/** Of the memory of a device that a range of the unembedding may take, and of the machine's, through which it comes. */
const HEAD_SHARE = 1 / 8;
/**
* Weights, counted in float32, that a range of blocks may have on the device; null: all of them fit, or nobody knows how much memory there
* is. `bodyBytes`: of the whole body, counted likewise.
*/
function deviceRangeBytes({ bodyType }, nvidia, bodyBytes) {
	if (nvidia === null || nvidia.freeMemory === 0) return null;
	const { freeMemory } = nvidia;
	const between = Math.min(BETWEEN_BYTES, freeMemory / 2);
	const each = bodyType === "float32" ? FLOAT32_BYTES : 2;
	const held = (freeMemory - between) / SESSION_FACTOR * (FLOAT32_BYTES / each);
	return bodyBytes <= held ? null : Math.floor(held);
}
/**
* Weights of the unembedding, in the type they are multiplied in, that are in the engine at once. All hidden states go through a range before
* the next is read: on a GPU they cross the bus once per range, so there it is as large as memory allows. `available`: of this machine.
*/
function headRangeBytes({ kind }, nvidia, available) {
	if (kind === "cpu" || nvidia === null) return HEAD_BYTES;
	return Math.max(HEAD_BYTES, Math.floor(HEAD_SHARE * Math.min(nvidia.freeMemory, available)));
}
// src/audit/machine/progress.ts
/** Counts weighted work over the stages of an audit whose costs are known ahead. */
var Work = class {
	#total;
	#onProgress;
	#finished = 0;
	constructor(total, onProgress) {
		this.#total = total;
		this.#onProgress = onProgress;
	}
	/** Open a stage that costs `cost` and is done after `total` units. */
	stage(stage, cost, total, unit = "tokens") {
		const before = this.#finished;
		this.#finished += cost;
		return (done) => {
			const overall = Math.min(1, (before + cost * (total === 0 ? 1 : done / total)) / this.#total);
			this.#onProgress({
				stage,
				done,
				total,
				unit,
				overall
			});
		};
	}
};
// src/tensors/tensor-rows.ts
/** Read rows of one tensor. What cannot be read apart is kept whole as long as the reader is. Errors: the table's own. */
function tensorRows(table, name) {
	const apart = table.rowsOf?.(name) ?? null;
	if (apart !== null) return apart;
	let whole = null;
	return async (range) => {
		whole ??= table.read(name);
		return cutRows(await whole, range);
	};
}
/** Can rows of the tensor be read without the others? */
function hasRows(table, name) {
	return (table.rowsOf?.(name) ?? null) !== null;
}
function cutRows(tensor, [start, end]) {
	const [, ...rest] = tensor.shape;
	const width = rest.reduce((product, size) => product * size, 1);
	const shape = [end - start, ...rest];
	if (tensor.type === "float32") return {
		type: tensor.type,
		shape,
		data: tensor.data.subarray(start * width, end * width)
	};
	return {
		type: tensor.type,
		shape,
		data: tensor.data.subarray(start * width, end * width)
	};
}
// src/audit/capture/unembedding.ts
/** Bytes of float32 that are compared at a time. */
const COMPARED_BYTES = 64e6;
/** In the type that the device multiplies in. A matrix whose rows cannot be read apart is kept whole as long as this is. */
async function openUnembedding(model, device) {
	const { spec, weights } = model.decoder;
	const { weight, bias: biasRef } = weights.unembedding;
	const { n_vocab, d_model, logitScale: scale, logitSoftcap: softcap } = spec;
	const type = device.bodyType;
	const bias = biasRef === null ? null : asFloat32(await weightReader(model.tensors, [biasRef]).read(biasRef, "float32"));
	const rows = weight.layout === "out-in" && weight.channels === null ? tensorRows(model.tensors, weight.tensor) : null;
	let whole = null;
	const matrixOf = async (start, end) => {
		if (rows !== null) return asType(await rows([start, end]), type).data;
		whole ??= weightReader(model.tensors, [weight]).read(weight, type).then(({ data }) => data);
		return (await whole).subarray(start * d_model, end * d_model);
	};
	return {
		n_vocab,
		d_model,
		type,
		bias,
		scale,
		softcap,
		async tokens(start, end) {
			const matrix = await matrixOf(start, end);
			return {
				n_vocab: end - start,
				d_model,
				type,
				matrix,
				bias: bias?.subarray(start, end) ?? null,
				scale,
				softcap
			};
		}
	};
}
/** Can a range of it be read without the rest? */
function hasTiles({ decoder, tensors }) {
	const { weight } = decoder.weights.unembedding;
	return weight.layout === "out-in" && weight.channels === null && hasRows(tensors, weight.tensor);
}
/** Same numbers: then both models share one matrix product in the head. Errors: the checkpoints' own. */
async function sameUnembedding(a, b) {
	if (a.type !== b.type || a.scale !== b.scale || a.softcap !== b.softcap) return false;
	if (a.bias === null !== (b.bias === null)) return false;
	if (a.n_vocab !== b.n_vocab || a.d_model !== b.d_model) return false;
	if (a.bias !== null && b.bias !== null && !equal(a.bias, b.bias)) return false;
	const step = Math.max(1, Math.floor(COMPARED_BYTES / (4 * a.d_model)));
	for (let start = 0; start < a.n_vocab; start += step) {
		const end = Math.min(start + step, a.n_vocab);
		const [ours, theirs] = [await a.tokens(start, end), await b.tokens(start, end)];
		if (!equal(ours.matrix, theirs.matrix)) return false;
	}
	return true;
}
function equal(a, b) {
	const bytes = (array) => new Uint8Array(array.buffer, array.byteOffset, array.byteLength);
	return Buffer.compare(bytes(a), bytes(b)) === 0;
}
/** Half-open column ranges that cover the vocabulary, about `tile` wide each. */
function vocabularyTiles(n_vocab, tile) {
	const count = Math.max(1, Math.round(n_vocab / tile));
	const width = Math.ceil(n_vocab / count / 16) * 16;
	return Array.from({ length: Math.ceil(n_vocab / width) }, (_, i) => [i * width, Math.min((i + 1) * width, n_vocab)]);
}
/** Rows that all unembeddings have: what is beyond the smallest is padding. */
function commonVocabulary(unembeddings) {
	return unembeddings.reduce((least, { n_vocab }) => Math.min(least, n_vocab), Number.POSITIVE_INFINITY);
}
/** Values of one name, one per tile. */
var Columns = class {
	#g;
	#values = /* @__PURE__ */ new Map();
	constructor(g) {
		this.#g = g;
	}
	push(name, value) {
		this.#values.set(name, [...this.#values.get(name) ?? [], value]);
	}
	/**
	* (rows, tiles) of every name. The engine runs what an output needs before it turns to the next output. So there is
	* one node that needs everything, tile after tile: a tile's logits are then reduced while they are in cache, and never
	* are those of all tiles in memory together.
	*/
	values(rows) {
		const g = this.#g;
		const names = [...this.#values.keys()];
		const tiles = this.#values.get(names[0] ?? "")?.length ?? 0;
		const figures = split(g, reshape(g, concat(g, Array.from({ length: tiles }, (_, tile) => {
			const values = names.flatMap((name) => this.#values.get(name)?.[tile] ?? []);
			return concat(g, values, 1, [rows, names.length]);
		}), 1, [rows, tiles * names.length]), [
			0,
			tiles,
			names.length
		], [
			rows,
			tiles,
			names.length
		]), names.length, 2, [
			rows,
			tiles,
			1
		]);
		return new Map(figures.map((value, i) => [names[i] ?? "", reshape(g, value, [0, tiles], [rows, tiles])]));
	}
};
/**
* Add a head to a graph, with all its rows. Values, all (rows, tiles) float32: `target_logit_M` per model M; `top_logit_0`,
* `top_share_0`; per candidate M `target_share_M`, `best_M`, `at_top_M`, `difference_M`.
*/
function headFragment(g, layout, { hidden, targets }, tileColumns) {
	const [first] = layout.unembeddings;
	const [hiddenReference] = hidden;
	if (first === void 0 || hiddenReference === void 0) throw new RangeError("a head without models");
	const [rows = 0] = targets.shape;
	const reference = operand(g, hiddenReference, first);
	const candidates = layout.unembeddings.map((u, i) => {
		const own = hidden.filter((_, m) => m > 0 && layout.models[m] === i);
		if (own.length === 0) return null;
		const together = typeof rows === "number" ? own.length * rows : `${own.length} ${rows}`;
		return {
			count: own.length,
			x: operand(g, concat(g, own, 0, [together, u.d_model]), u)
		};
	});
	const columns = new Columns(g);
	for (const tile of vocabularyTiles(commonVocabulary(layout.unembeddings), tileColumns)) {
		const weights = layout.unembeddings.map((u, i) => tileWeights(g, u, i, tile));
		const logits = candidates.flatMap((stacked, i) => {
			const own = weights[i];
			if (stacked === null || own === void 0) return [];
			return split(g, tileLogits(g, stacked.x, own), stacked.count, 0, [rows, tile[1] - tile[0]]);
		});
		const [own] = weights;
		if (own === void 0) continue;
		reduceTile(g, [tileLogits(g, reference, own), ...logits], localTargets(g, targets, tile), columns);
	}
	return columns.values(rows);
}
/** A head as a graph of its own: inputs `hidden_M` (rows, d_model) float32 per model M, `targets` (rows, 1) int64; outputs as above. */
function buildHead(layout, rows, tileColumns) {
	const g = new GraphBuilder();
	const hidden = layout.models.map((u, m) => g.input(`hidden_${m}`, "float32", [rows, layout.unembeddings[u]?.d_model ?? 0]));
	const targets = g.input("targets", "int64", [rows, 1]);
	g.outputs(headFragment(g, layout, {
		hidden,
		targets
	}, tileColumns));
	return g.build();
}
/**
* The same for a candidate whose logits are given: inputs `hidden_0` (n_row, d_model) and `logits_1` (n_row, columns)
* float32, `targets` (n_row, 1) int64; outputs as those of `buildHead` for a reference and one candidate.
*/
function buildLogitsHead(reference, columns$1, tileColumns) {
	const g = new GraphBuilder();
	const hidden = operand(g, g.input("hidden_0", "float32", ["n_row", reference.d_model]), reference);
	const given = g.input("logits_1", "float32", ["n_row", columns$1]);
	const targets = g.input("targets", "int64", ["n_row", 1]);
	const perTile = new Columns(g);
	for (const tile of vocabularyTiles(Math.min(reference.n_vocab, columns$1), tileColumns)) reduceTile(g, [tileLogits(g, hidden, tileWeights(g, reference, 0, tile)), columns(g, given, ...tile)], localTargets(g, targets, tile), perTile);
	g.outputs(perTile.values("n_row"));
	return g.build();
}
function tileWeights(g, u, index, [start, end]) {
	const name = `unembedding_${index}_${start}`;
	const data = u.matrix.subarray(start * u.d_model, end * u.d_model);
	const type = data instanceof Float32Array ? "float32" : u.type;
	const bias = u.bias?.subarray(start, end) ?? null;
	return {
		matrix: cast(g, g.initializer(name, type, [end - start, u.d_model], data), "float32"),
		bias: bias === null ? null : g.initializer(`${name}_bias`, "float32", [end - start], bias),
		scale: u.scale,
		softcap: u.softcap
	};
}
/** Hidden states as they are multiplied: float32 of as many bits as the unembedding's type has. */
function operand(g, hidden, { type }) {
	return cast(g, cast(g, hidden, type), "float32");
}
/**
* (rows, tile) float32. A product in 16 bit would leave logits rounded to 8 bits or 11: then many tokens tie for the first place, and
* no KL is below 1e-3. Operands that were rounded to 16 bit and are multiplied in float32 give exact products, summed in float32.
*/
function tileLogits(g, x, { matrix, bias, scale, softcap }) {
	let logits = gemm(g, x, matrix, null);
	if (bias !== null) logits = add(g, logits, bias);
	if (scale !== 1) logits = mul(g, logits, g.scalar("float32", scale));
	if (softcap === null) return logits;
	const cap = g.scalar("float32", softcap);
	return mul(g, tanh(g, div(g, logits, cap)), cap);
}
/** Targets as columns of the tile, clipped into it: only the tile that holds the target is read later. */
function localTargets(g, targets, [start, end]) {
	return clip(g, sub(g, targets, g.scalar("int64", start)), g.scalar("int64", 0), g.scalar("int64", end - start - 1));
}
/** What is kept of one tile's logits, the reference's first. */
function reduceTile(g, logits, targets, columns) {
	const [reference, ...candidates] = logits;
	if (reference === void 0) return;
	const share = softmax(g, reference);
	const { value: top, index: topIndex } = bestToken(g, reference);
	columns.push("target_logit_0", gatherElements(g, reference, targets, 1));
	columns.push("top_logit_0", top);
	columns.push("top_share_0", gatherElements(g, share, topIndex, 1));
	for (const [c, candidate] of candidates.entries()) {
		const m = c + 1;
		const logShare = logSoftmax(g, candidate);
		columns.push(`target_logit_${m}`, gatherElements(g, candidate, targets, 1));
		columns.push(`target_share_${m}`, gatherElements(g, logShare, targets, 1));
		columns.push(`at_top_${m}`, gatherElements(g, candidate, topIndex, 1));
		columns.push(`best_${m}`, reduceMax(g, candidate, 1));
		columns.push(`difference_${m}`, rowSums(g, mul(g, share, sub(g, reference, candidate))));
	}
}
/**
* Largest of each row and where. Twice as quick as TopK over the row: the largest of each set of columns that stand
* columns/16 apart by ReduceMax, the best set by TopK, then TopK over the 16 columns of that set.
*/
function bestToken(g, logits) {
	const [rows = 0, columns] = logits.shape;
	if (typeof columns !== "number" || columns % 16 !== 0) return top1(g, logits);
	const apart = columns / 16;
	const parts = reshape(g, logits, [
		0,
		16,
		apart
	], [
		rows,
		16,
		apart
	]);
	const { value, index: set } = top1(g, reshape(g, reduceMax(g, parts, 1), [0, apart], [rows, apart]));
	const members = outerAdd(g, set, g.integers(Array.from({ length: 16 }, (_, part) => part * apart)));
	const { index: member } = top1(g, gatherElements(g, logits, members, 1));
	return {
		value,
		index: gatherElements(g, members, member, 1)
	};
}
// src/audit/losses/vocabulary-sums.ts
/**
* @file What the head gives for tiles of the vocabulary, put together per token in float64 (definitions in models/graph/head.ts).
* Tiles come in any number of runs: a vocabulary that is read from its file range by range needs its sums only.
*
* With A_t a tile's log-normaliser and d_t its mean difference of logits under the reference:
*   ln Σ_v e^{l(v)} = ln Σ_t e^{A_t}        KL = Σ_t e^{A_t − A} d_t − A + A', A of the reference and A' of the candidate
* Sums over tiles are held relative to the largest A_t so far.
*/
/** ln Σ e^{A_t} of every token, as it grows. */
var Normalisers = class {
	/** The largest A_t so far. */
	top;
	/** Σ e^{A_t − top} */
	sum;
	constructor(tokens) {
		this.top = new Float64Array(tokens).fill(Number.NEGATIVE_INFINITY);
		this.sum = new Float64Array(tokens);
	}
	/** Make room for tiles of which `top` is the largest; what a sum relative to the one before is to be multiplied by. */
	raise(token, top) {
		const before = present(this.top[token]);
		if (top <= before) return 1;
		this.top[token] = top;
		const factor = before === Number.NEGATIVE_INFINITY ? 0 : Math.exp(before - top);
		this.sum[token] = present(this.sum[token]) * factor;
		return factor;
	}
	whole(token) {
		return present(this.top[token]) + Math.log(present(this.sum[token]));
	}
};
function modelSums(tokens) {
	return {
		normalisers: new Normalisers(tokens),
		targetLogit: new Float64Array(tokens).fill(NaN),
		best: new Float64Array(tokens).fill(Number.NEGATIVE_INFINITY)
	};
}
var VocabularySums = class {
	losses;
	#reference;
	#candidates;
	/** A_t of one row. */
	#tiles = /* @__PURE__ */ new Float64Array(0);
	constructor(tokens, candidates) {
		this.losses = emptyLosses(tokens, candidates);
		this.#reference = modelSums(tokens);
		this.#candidates = Array.from({ length: candidates }, () => ({
			...modelSums(tokens),
			difference: new Float64Array(tokens),
			atTop: new Float64Array(tokens).fill(NaN)
		}));
	}
	/** Add the tiles of a range for the rows of one run. */
	add(result, { targets, start }, { firstToken, tiles }) {
		const [tileStart, tileEnd] = present(tiles[0]);
		const range = {
			count: tiles.length,
			width: tileEnd - tileStart,
			end: present(tiles.at(-1))[1]
		};
		const reference = {
			targetLogit: result.float32("target_logit_0"),
			topLogit: result.float32("top_logit_0"),
			topShare: result.float32("top_share_0")
		};
		const found = this.#candidates.map((_, c) => candidateTiles(result, c + 1));
		if (this.#tiles.length < range.count) this.#tiles = new Float64Array(range.count);
		for (let row = 0; row < targets.length; row++) {
			const target = present(targets[row]) - firstToken;
			const first = row * range.count;
			const place = {
				token: start + row,
				first,
				count: range.count,
				target: target >= 0 && target < range.end ? first + Math.floor(target / range.width) : null
			};
			const isTop = this.#addReference(place, reference);
			for (const [c, sums] of this.#candidates.entries()) {
				const tile = present(found[c]);
				addDifferences(sums, place, {
					...isTop,
					difference: tile.difference
				});
				this.#addCandidate(sums, place, tile, isTop.at);
			}
		}
	}
	/** Write the losses of tokens [start, end), once every tile of the vocabulary was added for them. */
	settle(start, end) {
		const { losses } = this;
		for (let token = start; token < end; token++) {
			const whole = this.#reference.normalisers.whole(token);
			losses.reference[token] = whole - present(this.#reference.targetLogit[token]);
			for (const [c, sums] of this.#candidates.entries()) {
				const into = present(losses.candidates[c]);
				const own = sums.normalisers.whole(token);
				into.loss[token] = own - present(sums.targetLogit[token]);
				const difference = present(sums.difference[token]) / present(this.#reference.normalisers.sum[token]);
				into.kl[token] = own - whole + difference;
				into.agrees[token] = present(sums.atTop[token]) >= present(sums.best[token]) ? 1 : 0;
			}
		}
	}
	/** What the differences of the same row are weighted by, and where the reference's best token of all is, if it is here. */
	#addReference({ token, first, count, target }, found) {
		const { normalisers, targetLogit, best } = this.#reference;
		if (target !== null) targetLogit[token] = present(found.targetLogit[target]);
		const shares = this.#tiles;
		let top = Number.NEGATIVE_INFINITY;
		for (let t = 0; t < count; t++) {
			shares[t] = present(found.topLogit[first + t]) - Math.log(present(found.topShare[first + t]));
			top = Math.max(top, present(shares[t]));
		}
		const factor = normalisers.raise(token, top);
		const most = present(normalisers.top[token]);
		let sum = present(normalisers.sum[token]);
		for (let t = 0; t < count; t++) {
			shares[t] = Math.exp(present(shares[t]) - most);
			sum += present(shares[t]);
		}
		normalisers.sum[token] = sum;
		const at = largest(found.topLogit, first, count);
		const isBest = present(found.topLogit[at]) > present(best[token]);
		if (isBest) best[token] = present(found.topLogit[at]);
		return {
			factor,
			shares,
			at: isBest ? at : null
		};
	}
	#addCandidate({ normalisers, targetLogit, best, atTop }, { token, first, count, target }, found, top) {
		let most = Number.NEGATIVE_INFINITY;
		for (let t = first; t < first + count; t++) {
			most = Math.max(most, present(found.targetLogit[t]) - present(found.targetShare[t]));
			best[token] = Math.max(present(best[token]), present(found.best[t]));
		}
		normalisers.raise(token, most);
		const held = present(normalisers.top[token]);
		let sum = present(normalisers.sum[token]);
		for (let t = first; t < first + count; t++) sum += Math.exp(present(found.targetLogit[t]) - present(found.targetShare[t]) - held);
		normalisers.sum[token] = sum;
		if (target !== null) targetLogit[token] = present(found.targetLogit[target]);
		if (top !== null) atTop[token] = present(found.atTop[top]);
	}
};
/** Zeros, for as many tokens and candidates. */
function emptyLosses(tokens, candidates) {
	return {
		reference: new Float64Array(tokens),
		candidates: Array.from({ length: candidates }, () => ({
			loss: new Float64Array(tokens),
			kl: new Float64Array(tokens),
			agrees: new Uint8Array(tokens)
		}))
	};
}
function addDifferences({ difference }, { token, first, count }, { factor, shares, difference: ofTile }) {
	let sum = present(difference[token]) * factor;
	for (let t = 0; t < count; t++) sum += present(shares[t]) * present(ofTile[first + t]);
	difference[token] = sum;
}
/** What the graph gives of one candidate, (rows, tiles) each. */
function candidateTiles(result, model) {
	return {
		targetLogit: result.float32(`target_logit_${model}`),
		targetShare: result.float32(`target_share_${model}`),
		difference: result.float32(`difference_${model}`),
		atTop: result.float32(`at_top_${model}`),
		best: result.float32(`best_${model}`)
	};
}
/** Index of the largest of `count` values from `first` on. */
function largest(values, first, count) {
	let at = first;
	for (let i = first + 1; i < first + count; i++) if (present(values[i]) > present(values[at])) at = i;
	return at;
}
// src/audit/losses/token-losses.ts
/**
* @file The head over the corpus: per scored token the loss of every model, and for every candidate
* KL(reference‖candidate) and whether both put the same token first. The unembedding comes from its file, a range of the
* vocabulary at a time; all rows run through one range before the next is read.
*/
/** Results are in the order of the head's candidates. Errors: ENGINE_FAILED, the checkpoints' own. */
async function tokenLosses(models, scored, device, onTokens) {
	return await withFewerRows(device, (fewer) => lossesOn(models, scored, fewer, onTokens));
}
async function lossesOn({ head, hidden, rangeBytes }, scored, device, onTokens) {
	const total = scored.rows.length;
	const sums = new VocabularySums(total, head.models.length - 1);
	const ranges = vocabularyRanges(head.unembeddings, rangeBytes);
	const lanes = shareThreads(device, headLoad(head, present(ranges[0]), total));
	const size = runSize(lanes.device);
	const rows = Math.max(64, Math.floor(size.headRows / head.models.length));
	for (const [r, [start, end]] of ranges.entries()) {
		const tiles = vocabularyTiles(end - start, size.headTile);
		const session = await loadRange(head, [start, end], rows, lanes);
		try {
			const begin = async ([from, to]) => {
				const targets = scored.targets.subarray(from, to).map((target) => target - start);
				return await session.run(await headInputs(hidden, scored.rows.subarray(from, to), targets, rows));
			};
			await inOrder(steps(total, rows), session.inFlight, begin, (result, [from, to]) => {
				const run = {
					targets: scored.targets.subarray(from, to),
					start: from
				};
				sums.add(result, run, {
					firstToken: start,
					tiles
				});
				onTokens(Math.round((r * total + to) / ranges.length));
			});
		} finally {
			await session.release();
		}
	}
	sums.settle(0, total);
	return sums.losses;
}
/** In a function of its own, so that the graph's buffers are let go before it runs. */
async function loadRange({ unembeddings, models }, [start, end], rows, lanes) {
	const layout = {
		unembeddings: await inTurn(unembeddings, (unembedding) => unembedding.tokens(start, end)),
		models
	};
	const { headTile } = runSize(lanes.device);
	return await createLanes(buildHead(layout, rows, headTile), lanes, "the unembedding");
}
async function inTurn(items, make) {
	const made = [];
	for (const item of items) made.push(await make(item));
	return made;
}
/** 0 to `total` in ranges of `size`, the last one shorter. */
function* steps(total, size) {
	for (let start = 0; start < total; start += size) yield [start, Math.min(start + size, total)];
}
const bytesEach = ({ type }) => type === "float32" ? 4 : 2;
/** Tokens that all unembeddings have, in ranges of equal size whose weights take up to `bytes`. */
function vocabularyRanges(unembeddings, bytes) {
	const common = commonVocabulary(unembeddings);
	const perToken = unembeddings.reduce((sum, one) => sum + bytesEach(one) * one.d_model, 0);
	const count = Math.max(1, Math.ceil(common * perToken / bytes));
	return [...steps(common, Math.ceil(common / count / 16) * 16)];
}
function headLoad({ unembeddings, models }, [start, end], rows) {
	const perToken = unembeddings.reduce((sum, one) => sum + bytesEach(one) * one.d_model, 0);
	const products = models.map((of) => {
		const { n_vocab, d_model } = present(unembeddings[of]);
		return n_vocab * d_model;
	});
	return {
		weightBytes: perToken * (end - start),
		operations: products.reduce((sum, size) => sum + 2 * size * rows, 0)
	};
}
async function headInputs(hidden, rows, targets, size) {
	const ids = new BigInt64Array(size);
	for (let i = 0; i < targets.length; i++) ids[i] = BigInt(present(targets[i]));
	const inputs = { targets: {
		type: "int64",
		data: ids,
		dims: [size, 1]
	} };
	for (const [m, store] of hidden.entries()) inputs[`hidden_${m}`] = {
		type: "float32",
		data: await gatherRows(store, rows, size),
		dims: [size, store.width]
	};
	return inputs;
}
// src/audit/noise/changed-firings.ts
/**
* @file How often a feature fires in one of two residual streams only: what a rounding of the residual does where an activation
* begins, or jumps.
*/
/** For features that activate by themselves. Errors: ENGINE_FAILED. */
async function changedFirings(encoder, layout, residuals, device) {
	const width = encoder.bias.length;
	const found = {
		firings: new Float64Array(width),
		changed: new Float64Array(width)
	};
	if (width === 0) return found;
	const size = runSize(device);
	const session = await createSession(firingsGraph(encoder, size), device, "the SAE encoder");
	try {
		for (const batch of rowBatches(layout, size.featureRows)) {
			const result = await session.run(await passInputs(residuals, batch, size.rowParts));
			for (const name of ["firings", "changed"]) {
				const sums = result.float32(name);
				for (let j = 0; j < width; j++) found[name][j] = (found[name][j] ?? 0) + (sums[j] ?? 0);
			}
		}
	} finally {
		await session.release();
	}
	return found;
}
/** Inputs `x_0`, `x_1` (n_row, d_in) and `ones`; outputs `firings` and `changed` (1, features): whole numbers, exact in float32. */
function firingsGraph(encoder, { featureTile, rowParts }) {
	const g = new GraphBuilder();
	const rows = [0, 1].map((m) => g.input(`x_${m}`, "float32", ["n_row", encoder.d_in]));
	const columns = new FeatureColumns(g, g.input("ones", "float32", [
		rowParts,
		1,
		"n_part"
	]));
	const prepared = rows.map((x) => prepareRows(g, x, encoder.input).rows);
	for (const range of featureTiles(encoder.bias.length, featureTile)) {
		const tile = encoderTile(g, encoder, range);
		const [one, other] = prepared.map((x) => {
			const a = activate(g, preActivations(g, x, tile), tile);
			return cast(g, greater(g, a, g.scalar("float32", 0)), "float32");
		});
		if (one === void 0 || other === void 0) continue;
		columns.sum("firings", one);
		columns.sum("changed", abs(g, sub(g, one, other)));
	}
	g.outputs(columns.values(encoder.bias.length));
	return g.build();
}
// src/audit/noise/few-sequences.ts
/** @file Some sequences of the text, spread evenly over it, as a text of their own: one token group, no sliding windows. */
/** Numbers of the sequences, ascending: as many as have `tokens` tokens together, one at least. */
function evenlySpread(sequences, length, tokens) {
	const count = Math.max(1, Math.min(sequences, Math.floor(tokens / length)));
	return Array.from({ length: count }, (_, i) => Math.floor((i + .5) * sequences / count));
}
/** The text that consists of these sequences. */
function fewSequences(tokens, chosen) {
	const { sequences } = tokens;
	const { blockLength } = sequences;
	const ids = new Int32Array(chosen.length * blockLength);
	for (const [i, sequence] of chosen.entries()) ids.set(sequences.ids.subarray(sequence * blockLength, (sequence + 1) * blockLength), i * blockLength);
	const few = {
		...sequences,
		ids,
		sequenceCount: chosen.length
	};
	const groupStarts = Int32Array.of(0, chosen.length);
	return {
		...tokens,
		sequences: few,
		groupStarts,
		chunked: {
			plan: chunkedPlan(few),
			scored: chunkedScores(few, groupStarts)
		},
		sliding: null,
		longest: blockLength
	};
}
/** The rows of these sequences out of a store of all. Errors: SPILL_FAILED. */
async function rowsOf(all, chosen, length, memory) {
	const few = await createRowStore(chosen.length * length, all.width, memory);
	for (let i = 0; i < chosen.length; i++) {
		const first = present(chosen[i]) * length;
		await few.write(i * length, await all.read(first, first + length));
	}
	return few;
}
// src/audit/noise/engine-noise.ts
/** Positions that are computed both ways: seconds on the CPU for a model of 100 M weights, a minute or two for 2 billion. */
const TOKENS = 2048;
/** Null: the audit is in float32 on the CPU itself. Errors: those of capturing a model. */
async function engineNoise(run, captured, readouts) {
	const { device, tokens } = run;
	if (device.kind === "cpu" && device.bodyType === "float32") return null;
	const { sequenceCount, blockLength } = tokens.sequences;
	const chosen = evenlySpread(sequenceCount, blockLength, TOKENS);
	const cpu = {
		kind: "cpu",
		threads: device.threads,
		bodyType: "float32"
	};
	const few = {
		...run,
		device: cpu,
		headBytes: headRangeBytes(cpu, null, 0),
		tokens: fewSequences(tokens, chosen)
	};
	const exact = await captureModel(few, "reference in float32", captured.model);
	const own = /* @__PURE__ */ new Map();
	try {
		for (const [name, store] of captured.capture.chunked) own.set(name, await rowsOf(store, chosen, blockLength, run.memory));
		const sample = {
			run: few,
			exact,
			own
		};
		const found = [];
		for (const seen of readouts) found.push(await noiseAt(sample, seen));
		const behaviour = wantsLosses(run.config) ? await noiseOfLosses(sample, captured, device) : null;
		return {
			tokens: chosen.length * blockLength,
			klMean: behaviour?.klMean ?? null,
			top1Agreement: behaviour?.top1Agreement ?? null,
			readouts: found
		};
	} finally {
		await closeCapture(exact);
		for (const store of own.values()) await store.close();
	}
}
async function noiseAt({ run, exact, own }, { readout, active }) {
	const residuals = (stores) => ({
		store: storeOf(stores, readout.hook),
		center: readout.center
	});
	const models = [residuals(exact.chunked), residuals(own)];
	const pass = featurePass(run, readout, () => {});
	const reference = await referencePass(pass, models[0], null);
	const [beside] = await candidatePass(pass, active, {
		reference: models[0],
		candidates: [models[1]]
	}, null);
	const { moments, residualError } = present(beside);
	const rho = correlations(countedMoments(readout, reference, addReferenceMoments), countedMoments(readout, moments, addCandidateMoments)).filter((one) => !Number.isNaN(one));
	const { encoder } = readout;
	const selected = encoder.activatesBy === "feature" ? selectFeatures(encoder, active) : null;
	const fired = selected === null ? null : await changedFirings(selected, rowLayout(run.tokens, readout), models, run.device);
	const total = (counts) => counts.reduce((sum, count) => sum + count, 0);
	return {
		id: readout.id,
		residualError,
		features: rho.length,
		meanCorrelation: rho.length === 0 ? null : total(rho) / rho.length,
		fifthPercentile: rho.length === 0 ? null : quantile(rho, .05),
		firings: fired === null ? null : total(fired.firings),
		changedFirings: fired === null ? null : total(fired.changed)
	};
}
/** KL of the same hidden states as both arithmetics have them, each with its own unembedding, in one head on the CPU. */
async function noiseOfLosses({ run, exact, own }, { model }, device) {
	const unembeddings = [await openUnembedding(model, run.device), await openUnembedding(model, device)];
	const hidden = [storeOf(exact.chunked, HIDDEN), storeOf(own, HIDDEN)];
	const head = {
		unembeddings,
		models: [0, 1]
	};
	const { scored } = run.tokens.chunked;
	const { candidates } = await tokenLosses({
		head,
		hidden,
		rangeBytes: run.headBytes
	}, scored, run.device, () => {});
	const { kl, agrees } = present(candidates[0]);
	const count = Math.max(1, kl.length);
	return {
		klMean: kl.reduce((sum, one) => sum + one, 0) / count,
		top1Agreement: agrees.reduce((sum, one) => sum + one, 0) / count
	};
}
/** The noise in one sentence a read-out, for the notes of a report. */
function noiseNotes(noise) {
	if (noise === null) return [];
	const { tokens, klMean, readouts } = noise;
	const kl = klMean === null ? "" : `, KL ${klMean.toExponential(1)}`;
	const begin = `engine noise: the reference as computed here against float32 on the CPU, on ${tokens} tokens`;
	if (readouts.length === 0) return [`${begin}${kl}`];
	return readouts.map(({ id, residualError, meanCorrelation, fifthPercentile, firings, changedFirings }) => {
		const rho = meanCorrelation === null || fifthPercentile === null ? "" : `, mean 1 − ρ ${(1 - meanCorrelation).toExponential(1)}, 95 % of features below ${(1 - fifthPercentile).toExponential(1)}`;
		const changed = firings === null ? "" : `, ${changedFirings} of ${firings} firings changed`;
		return `${begin}${kl}; ${id}: residual off by ${residualError.toExponential(1)}${rho}${changed}`;
	});
}
// src/audit/noise/weight-rounding.ts
/** @file What it does to a model's weights that operands have 16 bits: nothing where they are stored in that type, else told with its size. */
/**
* A warning for each model whose weights are no numbers of the operand type, as a checkpoint of bfloat16 for float16, or one whose integers were
* multiplied by scales of float16. Measured on one matrix, in the middle of the model. Errors: the checkpoint's own.
*/
async function weightRoundingWarnings({ bodyType }, models) {
	if (bodyType === "float32") return [];
	const warnings = [];
	for (const model of models) {
		const { tensor, error } = await roundingOf(model, bodyType);
		if (error === 0) continue;
		warnings.push(`${model.name}: its weights are rounded to ${bodyType}, which moves them by ${error.toExponential(1)} of their size (root mean square, in ${tensor}); --precision names another type`);
	}
	return warnings;
}
/** ‖W − W rounded‖ / ‖W‖ of the second matrix of the middle block's MLP. */
async function roundingOf({ decoder, tensors }, type) {
	const { blocks } = decoder.weights;
	const ref = present(blocks[Math.floor(blocks.length / 2)]).down.weight;
	const reader = weightReader(tensors, [ref, ref]);
	const exact = asFloat32(await reader.read(ref, "float32"));
	const rounded = asFloat32(await reader.read(ref, type));
	let [error, size] = [0, 0];
	for (const [i, value] of exact.entries()) {
		error += (present(rounded[i]) - value) ** 2;
		size += value ** 2;
	}
	return {
		tensor: ref.tensor,
		error: size === 0 ? 0 : Math.sqrt(error / size)
	};
}
// src/audit/explain/probe.ts
/** @file Activations of a few features of an SAE on any rows, whichever way its features fire. */
/**
* Hand `use` the activations of `features` as the audit computes them: of features that fire by the row, the whole encoder is run.
* Errors: ENGINE_FAILED.
*/
async function withProbe(encoder, features, device, use) {
	if (encoder.activatesBy === "feature") return await withColumns(encoder, features, device, use);
	return await withSession(rowGraph(encoder, runSize(device).featureTile), device, (session) => use(byRow(session, features)));
}
/** Hand `use` what the features' own columns make of rows: of features that fire by the row, relu of what they fire by. */
async function withColumns(encoder, features, device, use) {
	return await withSession(columnsGraph(selectFeatures({
		...encoder,
		activatesBy: "feature"
	}, features)), device, (session) => use(async (residuals, rows) => (await session.run(await inputs(residuals, rows))).float32("a")));
}
async function withSession(graph, device, use) {
	const session = await createSession(graph, device, "the SAE encoder");
	try {
		return await use(session);
	} finally {
		await session.release();
	}
}
/** Input `x_0` (n_row, d_in); output `a` (n_row, features). */
function columnsGraph(encoder) {
	const g = new GraphBuilder();
	const x = g.input("x_0", "float32", ["n_row", encoder.d_in]);
	const tile = encoderTile(g, encoder, [0, encoder.bias.length]);
	const { rows } = prepareRows(g, x, encoder.input);
	g.output("a", activate(g, preActivations(g, rows, tile), tile));
	return g.build();
}
async function inputs(residuals, rows) {
	return { x_0: {
		type: "float32",
		data: await residualRows(residuals, rows),
		dims: [rows.length, residuals.store.width]
	} };
}
/** What fired of each row, looked through for the features. */
function byRow(session, features) {
	const places = new Map([...features].map((feature, k) => [feature, k]));
	return async (residuals, rows) => {
		const result = await session.run(await inputs(residuals, rows));
		const [values, ids] = [result.float32("values"), result.int64("ids")];
		const perRow = values.length / rows.length;
		const out = new Float32Array(rows.length * features.length);
		for (const [i, value] of values.entries()) {
			const k = places.get(Number(ids[i]));
			if (k !== void 0) out[Math.floor(i / perRow) * features.length + k] = value;
		}
		return out;
	};
}
// src/audit/explain/promoted-tokens.ts
/**
* @file Which tokens a feature speaks for: its decoder row through the final norm's gain and the unembedding (the logit lens), the
* highest first. Only of what is added to the residual stream; the final norm's division is the same for every token.
*/
/** Bytes of the unembedding that are held at a time. */
const PART_BYTES = 64e6;
/** Token ids of each feature, `most` at most; null: what it rebuilds is no part of the residual stream. */
async function promotedTokens(model, dictionary, features, { device, most }) {
	const { d_model } = model.decoder.spec;
	if (!dictionary.rebuilds || !isInStream(dictionary.predicts) || dictionary.b_dec.length !== d_model) return null;
	const float32 = {
		...device,
		bodyType: "float32"
	};
	const unembedding = await openUnembedding(model, float32);
	const directions = await readDirections(model, dictionary, features);
	const session = await createSession(scoreGraph(directions, d_model), float32, "the unembedding");
	const best = Array.from(features, () => []);
	try {
		const step = Math.max(1, Math.floor(PART_BYTES / (4 * d_model)));
		for (let start = 0; start < unembedding.n_vocab; start += step) {
			const end = Math.min(start + step, unembedding.n_vocab);
			const { matrix } = await unembedding.tokens(start, end);
			if (!(matrix instanceof Float32Array)) return null;
			const tokens = {
				type: "float32",
				data: matrix,
				dims: [end - start, d_model]
			};
			keepBest(best, (await session.run({ tokens })).float32("scores"), start, most);
		}
	} finally {
		await session.release();
	}
	return best.map((of) => of.map(({ id }) => id));
}
/** `scores`: (token, feature), from token `start` on. */
function keepBest(best, scores, start, most) {
	for (const [i, score] of scores.entries()) {
		const of = best[i % best.length];
		if (of === void 0 || of.length === most && score <= (of.at(-1)?.score ?? 0)) continue;
		const place = of.findIndex((one) => one.score < score);
		of.splice(place < 0 ? of.length : place, 0, {
			id: start + Math.floor(i / best.length),
			score
		});
		if (of.length > most) of.pop();
	}
}
/** (d_model, features): decoder rows times the final norm's gain; a LayerNorm takes their mean off first. */
async function readDirections({ decoder, tensors }, dictionary, features) {
	const { norm, d_model } = decoder.spec;
	const { gain: ref } = decoder.weights.finalNorm;
	const stored = ref && asFloat32(await weightReader(tensors, [ref]).read(ref, "float32"));
	const W_dec = await dictionary.W_dec();
	const out = new Float32Array(d_model * features.length);
	for (const [k, feature] of features.entries()) {
		const row = W_dec.subarray(feature * d_model, (feature + 1) * d_model);
		const mean = norm.kind === "layer" ? row.reduce((sum, value) => sum + value, 0) / d_model : 0;
		for (const [i, value] of row.entries()) out[i * features.length + k] = (value - mean) * (stored === null ? 1 : (stored[i] ?? 0) + norm.gainOffset);
	}
	return out;
}
/** Input `tokens` (n_token, d_model); output `scores` (n_token, features). */
function scoreGraph(directions, d_model) {
	const g = new GraphBuilder();
	const count = directions.length / d_model;
	const tokens = g.input("tokens", "float32", ["n_token", d_model]);
	const D = g.initializer("directions", "float32", [d_model, count], directions);
	g.output("scores", matMul(g, tokens, D));
	return g.build();
}
// src/audit/explain/top-rows.ts
/**
* Rows whose own columns are highest among which those of features that fire by the row are looked for: a row may be
* high in a column that others of the row beat.
*/
const LOOKED_AT = 16;
/** Of each feature the `most` rows where it fires most, the highest first, none twice of one sequence. */
async function topRows({ encoder, features }, residuals, sequences, device) {
	const { most } = sequences;
	const kept = encoder.activatesBy === "feature" ? most : Math.max(most, LOOKED_AT);
	const found = await withColumns(encoder, features, device, (probe) => scan(probe, residuals, features.length, {
		...sequences,
		most: kept,
		size: runSize(device).featureRows
	}));
	if (encoder.activatesBy === "feature") return found;
	const rows = distinctRows(found);
	if (rows.length === 0) return found;
	const exact = await withProbe(encoder, features, device, (probe) => probe(residuals, rows));
	const at = new Map([...rows].map((row, i) => [row, i]));
	return found.map((of, k) => of.map(({ row }) => ({
		row,
		activation: exact[(at.get(row) ?? 0) * features.length + k] ?? 0
	})).filter(({ activation }) => activation > 0).sort((a, b) => b.activation - a.activation).slice(0, most));
}
/** Every row of any of them, ascending. */
function distinctRows(found) {
	return Int32Array.from(new Set(found.flatMap((of) => of.map(({ row }) => row)))).sort();
}
async function scan(probe, residuals, count, { length, from, most, size }) {
	const best = Array.from({ length: count }, () => new Best(most, length));
	for (let start = 0; start < residuals.store.rows; start += size) {
		const n = Math.min(size, residuals.store.rows - start);
		const activations = await probe(residuals, Int32Array.from({ length: n }, (_, i) => start + i));
		for (const [i, activation] of activations.entries()) {
			const row = start + Math.floor(i / count);
			if (activation > 0 && row % length >= from) best[i % count]?.add({
				row,
				activation
			});
		}
	}
	return best.map(({ rows }) => rows);
}
/** The highest rows so far. */
var Best = class {
	/** Highest first. */
	rows = [];
	#most;
	#length;
	constructor(most, length) {
		this.#most = most;
		this.#length = length;
	}
	add(found) {
		const full = this.rows.length === this.#most;
		if (full && found.activation <= (this.rows.at(-1)?.activation ?? 0)) return;
		const sequence = (row) => Math.floor(row / this.#length);
		const same = this.rows.findIndex(({ row }) => sequence(row) === sequence(found.row));
		const kept = this.rows[same];
		if (kept !== void 0) {
			if (kept.activation >= found.activation) return;
			this.rows.splice(same, 1);
		} else if (full) this.rows.pop();
		const place = this.rows.findIndex(({ activation }) => activation < found.activation);
		this.rows.splice(place < 0 ? this.rows.length : place, 0, found);
	}
};
// src/audit/explain/explain.ts
/**
* @file What the features are about that a candidate changed most: chosen from its table, looked up in the reference's rows while
* the candidate's are still there.
*/
/** Contexts of a feature, and tokens that it speaks for. */
const MOST_CONTEXTS = 5;
const MOST_PROMOTED = 8;
/** Tokens of a context beside the one where it fires. */
const BEFORE = 12;
const AFTER = 6;
const MOST_CHARACTERS = 400;
/** Active features below the survived threshold, lowest ρ first, `most` at most; one without ρ counts as 0. Pure. */
function worstFeatures({ table }, survived, most) {
	const { active, correlation, width } = table;
	const found = [];
	for (let feature = 0; feature < width; feature++) {
		if (active[feature] !== 1) continue;
		const rho = correlation[feature] ?? NaN;
		const rank = Number.isNaN(rho) ? 0 : rho;
		if (rank < survived) found.push({
			feature,
			correlation: Number.isNaN(rho) ? null : rho,
			rank
		});
	}
	return found.sort((a, b) => a.rank - b.rank || a.feature - b.feature).slice(0, most).map(({ feature, correlation: rho }) => ({
		feature,
		correlation: rho
	}));
}
/** Per candidate of the round, in the order given. Errors: ENGINE_FAILED. */
async function locateFeatures(run, { readout }, { reference, candidates, chosen }) {
	const features = Int32Array.from(new Set(chosen.flatMap((of) => of.map(({ feature }) => feature)))).sort();
	if (features.length === 0) return candidates.map(() => []);
	const { encoder } = readout;
	const sequences = {
		length: run.tokens.sequences.blockLength,
		from: leftOut$2(readout.positions),
		most: MOST_CONTEXTS
	};
	const tops = await topRows({
		encoder,
		features
	}, reference, sequences, run.device);
	const rows = distinctRows(tops);
	const at = new Map([...rows].map((row, i) => [row, i]));
	const column = new Map([...features].map((feature, k) => [feature, k]));
	return await withProbe(encoder, features, run.device, async (probe) => {
		const located = [];
		for (const [c, residuals] of candidates.entries()) {
			const activations = rows.length === 0 ? /* @__PURE__ */ new Float32Array() : await probe(residuals, rows);
			const activation = (row, k) => activations[(at.get(row) ?? 0) * features.length + k] ?? 0;
			located.push((chosen[c] ?? []).map((one) => {
				const k = column.get(one.feature) ?? 0;
				const contexts = (tops[k] ?? []).map((top) => ({
					...top,
					candidate: activation(top.row, k)
				}));
				return {
					...one,
					contexts
				};
			}));
		}
		return located;
	});
}
/** In words, for the candidates of an audit at one read-out. Errors: the checkpoint's and the dictionary's own. */
async function inWords(run, model, { readout }, located) {
	const features = Int32Array.from(new Set(located.flatMap((of) => of.map(({ feature }) => feature)))).sort();
	if (features.length === 0) return located.map(() => []);
	const how = {
		device: run.device,
		most: MOST_PROMOTED
	};
	const promoted = await promotedTokens(model, readout.dictionary, features, how);
	const text = textOf(run);
	const promotes = new Map([...features].map((feature, k) => [feature, (promoted?.[k] ?? []).map((id) => text([id]))]));
	return located.map((of) => of.map(({ feature, correlation, contexts }) => ({
		feature,
		correlation,
		contexts: contexts.map((context) => contextIn(run, context, text)),
		promotes: promotes.get(feature) ?? []
	})));
}
function textOf({ tokens }) {
	const known = tokens.text ?? ((ids) => [...ids].map((id) => `#${id} `).join(""));
	return (ids) => known(ids).slice(0, MOST_CHARACTERS).replace(/[\uD800-\uDBFF]$/, "");
}
function contextIn({ tokens }, { row, activation, candidate }, text) {
	const { ids, blockLength } = tokens.sequences;
	const sequence = Math.floor(row / blockLength);
	const [start, end] = [sequence * blockLength, (sequence + 1) * blockLength];
	return {
		sequence,
		position: row - start,
		before: text(ids.subarray(Math.max(start, row - BEFORE), row)),
		token: text(ids.subarray(row, row + 1)),
		after: text(ids.subarray(row + 1, Math.min(end, row + 1 + AFTER))),
		reference: activation,
		candidate
	};
}
// src/audit/explain/explain-audit.ts
/** @file Explanations of a whole audit: features of each round while its captures are there, words for all of them at the end. */
/** Of every candidate of a round what is to be explained; nothing where it was not asked for. Errors: ENGINE_FAILED. */
async function locateRound(run, reference, candidates) {
	const { explain = 0, thresholds, rescale } = run.config;
	const byCandidate = candidates.map(() => []);
	if (explain === 0) return byCandidate;
	for (const [r, seen] of reference.readouts.entries()) {
		const { hook, center } = seen.readout;
		const residuals = ({ chunked }, scale) => ({
			store: storeOf(chunked, hook),
			center,
			scale
		});
		const located = await locateFeatures(run, seen, {
			reference: residuals(reference.capture, 1),
			candidates: candidates.map(({ capture, features }) => {
				const { scaling } = present(features[r]);
				return residuals(capture, rescale && isRescaled(scaling) ? 1 / scaling.factor : 1);
			}),
			chosen: candidates.map(({ features }) => worstFeatures(present(features[r]).evidence, thresholds.survived, explain))
		});
		for (const [c, of] of byCandidate.entries()) of.push(present(located[c]));
	}
	return byCandidate;
}
/** What was located, in words, as part of what the report says of each candidate's features. Errors: those of reading. */
async function withExplanations(run, reference, results) {
	const byReadout = [];
	for (const [r, seen] of reference.readouts.entries()) byReadout.push(await inWords(run, reference.model, seen, results.map(({ located }) => located[r] ?? [])));
	return results.map((result, c) => ({
		...result,
		features: result.features.map((one, r) => {
			const explained = byReadout[r]?.[c] ?? [];
			if (explained.length === 0) return one;
			return {
				...one,
				report: {
					...one.report,
					explained: [...explained]
				}
			};
		})
	}));
}
// src/statistics/features/constant-features.ts
/**
* @file Features that do not vary in the reference, nor in the candidate, at the same level: there is nothing to correlate and
* nothing was lost, so they are counted apart from the active ones.
*/
/**
* Variance at or below this part of the mean square cannot be told from rounding: float32 sums are good to 1e-7 of themselves,
* and ρ of what is left would be off by more than a hundredth.
*/
const SMALL_VARIANCE = 1e-5;
/** Relative difference of two levels that are the same. */
const SAME_LEVEL = 1e-4;
/** (K) 1 where the feature is constant on both sides and equal, parallel to `candidate.features`. */
function constantFeatures(reference, candidate) {
	const { groups, width } = reference;
	const { features } = candidate;
	const n = countedPositions(reference);
	const totals = (sums) => groupTotals(sums, groups, features.length);
	const ofReference = (sums) => totals(columnsOf(sums, groups, width, features));
	const [a, aa] = [ofReference(reference.sum), ofReference(reference.sumOfSquares)];
	const [b, bb] = [totals(candidate.sum), totals(candidate.sumOfSquares)];
	return Uint8Array.from(features, (_, k) => {
		const isFlat = (sum, squares) => squares - sum ** 2 / n <= SMALL_VARIANCE * squares;
		const isSame = Math.abs(b[k] - a[k]) <= SAME_LEVEL * Math.abs(a[k]);
		return isFlat(a[k], aa[k]) && isFlat(b[k], bb[k]) && isSame ? 1 : 0;
	});
}
// src/audit/features/feature-evidence.ts
/** Statistics of one candidate at one read-out. Pure. */
function candidateFeatures(seen, { candidate, ...pass }, config) {
	const { readout } = seen;
	const moments = countedMoments(readout, pass.moments, addCandidateMoments);
	const rho = correlations(seen.counted, moments);
	const { varying, constant } = withoutConstant(seen, moments);
	const replicates = featureReplicates(seen.counted, moments, varying);
	const active = {
		rho: correlations(seen.counted, candidateColumns(moments, varying)),
		replicates: replicates.correlations,
		resampling: {
			...config.sampling,
			sizes: seen.counted.positions
		},
		accuracy: accuracyOf(seen, varying)
	};
	const neighbours = neighbourCorrelation(replicates.correlations, active.accuracy);
	const { survived, degraded, damaged, ...rest } = summarizeFeatures(active, config.thresholds, config.confidence);
	const file = `features/${candidate}.${readout.id.replace(/[^A-Za-z0-9._-]+/g, "-")}`;
	const table = featureTable({
		...seen,
		active: varying
	}, candidate, {
		ids: moments.features,
		rho,
		intervals: correlationIntervals(active, config.confidence)
	}, config);
	const report = {
		readout: readout.id,
		sae: readout.dictionary.spec,
		hook: readout.hook,
		width: readout.dictionary.d_sae,
		active: rest.active,
		thresholds: { ...config.thresholds },
		survived: { ...survived },
		degraded: { ...degraded },
		damaged: { ...damaged },
		undefined: rest.undefined,
		...constant === 0 ? {} : { constant },
		meanCorrelation: rest.meanCorrelation,
		meanCorrelationCi: rest.meanCorrelationCi,
		...rest.meanCorrelationBias === void 0 ? {} : { meanCorrelationBias: rest.meanCorrelationBias },
		...neighbours === null ? {} : { neighbourCorrelation: neighbours },
		medianCorrelation: rest.medianCorrelation,
		meanCorrelationByPositions: meanByPositions({
			...seen,
			active: varying
		}, pass),
		residualError: pass.residualError,
		sensitivity: rest.sensitivity,
		table: `${file}.parquet`,
		replicates: `${file}.groups.parquet`
	};
	const said = constant === 0 ? [] : [constantWarning(readout.id, constant)];
	return {
		report,
		evidence: {
			table,
			replicates
		},
		meanCosine: pass.meanCosine,
		scaling: pass.scaling,
		warnings: [
			...pass.warnings,
			...said,
			...neighbourWarnings(readout.id, neighbours)
		]
	};
}
/** (K) how near to ±1 the ρ of each feature can be told. */
function accuracyOf({ counted }, features) {
	const [mean, square] = [meanActivations(counted), meanSquares(counted)];
	return Float64Array.from(features, (j) => correlationAccuracy(mean[j], square[j]));
}
/** Above this the token groups are not independent enough. */
const MOST_ALIKE = .1;
function neighbourWarnings(readout, neighbours) {
	if (neighbours === null || neighbours <= MOST_ALIKE) return [];
	return [`${readout}: neighbouring token groups are alike (autocorrelation ${neighbours.toFixed(2)}, ${MOST_ALIKE} at most is usual), as where documents are longer than groups: intervals are too narrow; use more text, or fewer --groups`];
}
/** Active features without those that are as constant in the candidate as in the reference, and how many these are. */
function withoutConstant({ counted, active }, moments) {
	const isConstant = constantFeatures(counted, candidateColumns(moments, active));
	const varying = active.filter((_, k) => isConstant[k] === 0);
	return {
		varying,
		constant: active.length - varying.length
	};
}
const constantWarning = (id, constant) => `${id}: ${constant} active feature${constant === 1 ? " fires" : "s fire"} alike at every position in the reference and in it too: nothing can be correlated, nothing is lost, and ${constant === 1 ? "it is" : "they are"} not counted; a text that varies more would tell`;
/** The mean ρ of the same active features with and without position 0. */
function meanByPositions({ moments: { first, rest }, active }, pass) {
	const mean = (a, b) => meanCorrelation(correlations(a, candidateColumns(b, active)), null);
	return {
		all: mean(addReferenceMoments(first, rest), addCandidateMoments(pass.moments.first, pass.moments.rest)),
		skipFirst: mean(rest, pass.moments.rest)
	};
}
function featureTable({ readout, counted, active: activeIds }, candidate, { ids, rho, intervals }, config) {
	const { width } = counted;
	const nan = () => new Float64Array(width).fill(NaN);
	const [measured, active] = [new Uint8Array(width), new Uint8Array(width)];
	const [correlation, correlationLow, correlationHigh] = [
		nan(),
		nan(),
		nan()
	];
	for (const [k, j] of ids.entries()) {
		measured[j] = 1;
		correlation[j] = present(rho[k]);
	}
	for (const [k, j] of activeIds.entries()) {
		active[j] = 1;
		correlationLow[j] = present(intervals.low[k]);
		correlationHigh[j] = present(intervals.high[k]);
	}
	return {
		candidate,
		readout: readout.id,
		width,
		active,
		measured,
		firingRate: firingRates(counted),
		mean: meanActivations(counted),
		meanSquare: meanSquares(counted),
		peak: counted.peak,
		decoderNorm: readout.decoderNorms,
		correlation,
		correlationLow,
		correlationHigh,
		class: classesOf(active, correlation, config.thresholds)
	};
}
// src/onnx/graph/model-edit.ts
/**
* @file Adds outputs to a model without touching its bytes. A protobuf parser merges a message that occurs twice and
* concatenates its repeated fields, so an edited model is the original file with a second, tiny graph behind it that
* holds only new nodes and outputs (https://protobuf.dev/programming-guides/encoding/#last-one-wins).
*/
const FLOAT = 1;
const ATTRIBUTE_INT = 2;
/** What to append to the model's bytes. */
function addedOutputs(outputs) {
	const graph = new Message();
	for (const { name, addends } of outputs) {
		let [value = ""] = addends;
		for (const [i, addend] of addends.slice(1).entries()) {
			const sum = `${name}_sum_${i}`;
			graph.message(1, node("Add", [value, addend], sum));
			value = sum;
		}
		const to = new Message().string(1, "to").int(3, FLOAT).int(20, ATTRIBUTE_INT);
		graph.message(1, node("Cast", [value], name).message(5, to));
		const type = new Message().message(1, new Message().int(1, FLOAT));
		graph.message(12, new Message().string(1, name).message(2, type));
	}
	return new Message().message(7, graph).finish();
}
function node(op, inputs, output) {
	const message = new Message();
	for (const input of inputs) message.string(1, input);
	return message.string(2, output).string(3, `${output}_${op}`).string(4, op);
}
// src/onnx/graph/own-zero-points.ts
const INT8 = 3;
/** More scales than the largest quantized matrices have: a model that claims more is left as it is. */
const MOST_SCALES = 2 ** 26;
/** Which input of a node is the zero point of its weight. */
const ZERO_POINT = /* @__PURE__ */ new Map([
	["DequantizeLinear", 2],
	["MatMulInteger", 3],
	["DynamicQuantizeMatMul", 3],
	["MatMulIntegerToFloat", 5],
	["QLinearMatMul", 5],
	["QGemm", 5],
	["QAttention", 7]
]);
/** The model's bytes, with own zero points where some are shared or left out; the same bytes where none is. */
function withOwnZeroPoints(file, model) {
	const own = /* @__PURE__ */ new Map();
	const used = /* @__PURE__ */ new Set();
	for (const [at, node] of model.nodes.entries()) {
		const given = zeroPointOf(node);
		const name = `saegate_zero_point_${at}`;
		if (given === null) {
			const scale = scaleWithoutZeroPoint(node, model);
			if (scale !== null) own.set(at, {
				name,
				copyOf: null,
				dims: scale.dims
			});
		} else if (model.initializers.has(given)) {
			if (used.has(given)) own.set(at, {
				name,
				copyOf: given,
				dims: []
			});
			used.add(given);
		}
	}
	return own.size === 0 ? model.bytes : new Editor(new Wire(file, model.bytes), model.nodes, own).edited();
}
function zeroPointOf({ op, inputs }) {
	return inputs[ZERO_POINT.get(op) ?? -1] || null;
}
/** The scales of a signed weight that is made float without a zero point; null: another node. */
function scaleWithoutZeroPoint({ op, inputs }, { initializers }) {
	const [weight = "", scale = ""] = inputs;
	if (op !== "DequantizeLinear" || initializers.get(weight)?.type !== INT8) return null;
	const scales = initializers.get(scale);
	const count = scales?.dims.reduce((product, dim) => product * dim, 1) ?? Number.POSITIVE_INFINITY;
	return scales !== void 0 && count <= MOST_SCALES ? scales : null;
}
/** Writes the model again, byte range by byte range. */
var Editor = class {
	#wire;
	#nodes;
	/** By the place of a node. */
	#own;
	#graph = [];
	#node = 0;
	constructor(wire, nodes, own) {
		this.#wire = wire;
		this.#nodes = nodes;
		this.#own = own;
	}
	edited() {
		const model = [];
		for (const field of this.#wire.rawFields()) if (field.number === 7 && field.kind === "bytes") this.#readGraph(field);
		else model.push(field.raw);
		for (const { name, copyOf, dims } of this.#own.values()) if (copyOf === null) this.#graph.push(zeros(name, dims));
		return Buffer.concat([...model, new Message().bytes(7, Buffer.concat(this.#graph)).finish()]);
	}
	#readGraph(graph) {
		const copies = /* @__PURE__ */ new Map();
		for (const { name, copyOf } of this.#own.values()) if (copyOf !== null) copies.set(copyOf, [...copies.get(copyOf) ?? [], name]);
		for (const field of this.#wire.rawFields(graph.start, graph.end)) {
			const isNode = field.number === 1 && field.kind === "bytes";
			const own = isNode ? this.#own.get(this.#node) : void 0;
			this.#graph.push(own === void 0 ? field.raw : this.#withZeroPoint(field, own.name));
			if (isNode) this.#node++;
			if (field.number !== 5 || field.kind !== "bytes") continue;
			for (const name of copies.get(this.#tensorName(field)) ?? []) this.#graph.push(this.#copied(field, name));
		}
	}
	/** NodeProto: its inputs are field 1, in order. */
	#withZeroPoint(node, zeroPoint) {
		const { op = "", inputs = [] } = this.#nodes[this.#node] ?? {};
		const place = ZERO_POINT.get(op) ?? inputs.length;
		const message = new Message();
		const rest = [];
		for (const { number, raw } of this.#wire.rawFields(node.start, node.end)) if (number !== 1) rest.push(raw);
		for (let i = 0; i < Math.max(inputs.length, place + 1); i++) message.string(1, i === place ? zeroPoint : inputs[i] ?? "");
		return new Message().bytes(1, Buffer.concat([message.finish(), ...rest])).finish();
	}
	/** TensorProto: its name is field 8. */
	#copied(tensor, name) {
		const parts = [...this.#wire.rawFields(tensor.start, tensor.end)].flatMap(({ number, raw }) => number === 8 ? [] : [raw]);
		return new Message().bytes(5, Buffer.concat([...parts, new Message().string(8, name).finish()])).finish();
	}
	#tensorName(tensor) {
		for (const field of this.#wire.fields(tensor.start, tensor.end)) if (field.number === 8 && field.kind === "bytes") return this.#wire.string(field);
		return "";
	}
};
/** An int8 initializer of zeros: dims 1, data_type 2, name 8, raw_data 9. */
function zeros(name, dims) {
	const tensor = new Message();
	for (const dim of dims) tensor.int(1, dim);
	const count = dims.reduce((product, dim) => product * dim, 1);
	tensor.int(2, INT8).string(8, name).bytes(9, new Uint8Array(count));
	return new Message().message(5, tensor).finish();
}
// src/models/user-onnx/staging.ts
/**
* @file Where the engine finds a user's model with outputs added. A model that holds its weights is handed over as
* bytes. One with external data must lie beside it, because the engine follows no other way: a temporary copy of the
* model file (megabytes) is put into its folder, or, where that cannot be written or its files are links, into a
* temporary folder with hard links to the data, and copies of it only across file systems.
*/
/** Put `bytes`, which are a model's in several parts, where they can be loaded. Errors: DISK_FULL, WRITE_*. */
async function stage(user, bytes, outputs) {
	if (user.data.length === 0) return {
		model: {
			bytes: Buffer.concat(bytes),
			external: [],
			inputs: [],
			outputs
		},
		remove: async () => {}
	};
	const { path, remove } = (await liesInFolder(user) ? await stageBeside(user, bytes) : null) ?? await stageElsewhere(user, bytes);
	return {
		model: {
			path,
			outputs
		},
		remove
	};
}
/** Are model and data plain files of one folder? The engine follows no link out of the model's folder. */
async function liesInFolder({ path, data }) {
	const folder = dirname(path);
	if (!data.every((file) => file.path === join(folder, file.location))) return false;
	for (const file of data) if (!(await lstat(file.path)).isFile()) return false;
	return true;
}
/** Null when the folder cannot be written. */
async function stageBeside(user, bytes) {
	await removeDeadTemporaries(dirname(user.path));
	const { path, forget } = temporaryPathIn(dirname(user.path), "saegate.onnx");
	const remove = async () => {
		await rm(path, { force: true });
		forget();
	};
	try {
		await writeModel(path, bytes);
		return {
			path,
			remove
		};
	} catch (error) {
		await remove();
		const code = systemErrorCode(error);
		if (code === "EACCES" || code === "EPERM" || code === "EROFS" || code === "ENOSPC") return null;
		throw writeProblem(path, error);
	}
}
async function stageElsewhere(user, bytes) {
	await removeDeadTemporaries(tmpdir());
	const { path: folder, forget } = temporaryPathIn(tmpdir(), "saegate-onnx");
	const remove = async () => {
		await rm(folder, {
			recursive: true,
			force: true
		});
		forget();
	};
	try {
		await mkdir(folder, { mode: 448 });
		for (const file of user.data) {
			const place = join(folder, file.location);
			await mkdir(dirname(place), { recursive: true });
			await link(file.path, place).catch(() => copyFile(file.path, place, constants.COPYFILE_FICLONE));
		}
		const path = join(folder, "model.onnx");
		await writeModel(path, bytes);
		return {
			path,
			remove
		};
	} catch (error) {
		await remove();
		throw writeProblem(folder, error);
	}
}
async function writeModel(path, [first = /* @__PURE__ */ new Uint8Array(0), ...others]) {
	await appendFile(path, first, {
		flag: "wx",
		mode: 384
	});
	for (const bytes of others) await appendFile(path, bytes);
}
// src/models/user-onnx/run.ts
/** @file A user's model in the engine: token ids in, logits and the tapped values out, as float32. */
const LOGITS = "saegate_logits";
const EMBEDDED = "saegate_embedded";
/**
* What onnxruntime's optimizations would change in a model besides its speed, switched off. By default, products of int8 are
* added in saturating 16 bits on x86 processors without integer dot products, so that figures depend on the processor; and a
* product with a weight that is stored in integers is given activations in int8 (MatMulNBits, accuracy_level 4).
*/
const AS_STORED$1 = {
	x64quantprecision: "1",
	qdq_matmulnbits_accuracy_level: "1"
};
/** Load a model with its taps as outputs. `d_model`: their width in the reference. Errors: ENGINE_FAILED, WRITE_*. */
async function loadUserModel(user, taps, d_model, device) {
	const { signature, spec } = user;
	const tapOutputs = taps.map((tap, i) => ({
		name: `saegate_tap_${i}`,
		addends: tap.addends
	}));
	const read = [{
		name: LOGITS,
		addends: [signature.logits.name]
	}, ...tapOutputs];
	const names = read.map(({ name }) => name);
	const [first] = user.stream;
	const outputs = first === void 0 ? read : [...read, {
		name: EMBEDDED,
		addends: first.addends
	}];
	const staged = await stage(user, [withOwnZeroPoints(spec, user.model), addedOutputs(outputs)], names);
	try {
		const session = await createSession(staged.model, device, spec, true, AS_STORED$1).catch((error) => {
			throw loadProblem(spec, error);
		});
		return {
			batch: signature.batch,
			length: signature.length,
			async embedded(ids, shape) {
				if (first === void 0) return null;
				const result = await session.run(feeds(spec, signature, ids, shape), [EMBEDDED]);
				if (result.dims(EMBEDDED).at(-1) !== d_model) return null;
				return tapRows(spec, first, EMBEDDED, result, shape, d_model);
			},
			async run(ids, shape) {
				const result = await session.run(feeds(spec, signature, ids, shape), names);
				return {
					...logitsOf(spec, signature.logits.name, result, shape),
					taps: taps.map((tap, i) => tapRows(spec, tap, `saegate_tap_${i}`, result, shape, d_model))
				};
			},
			release: () => session.release()
		};
	} finally {
		await staged.remove();
	}
}
/** A graph of ours that does not load is a failure of the run; a model of the user's is bad input. */
function loadProblem(spec, error) {
	if (!(error instanceof SaegateError) || error.code !== engineFailed.code) return error;
	return onnxRefused(spec, error.message);
}
function logitsOf(spec, name, result, { batch, length }) {
	const dims = result.dims(LOGITS);
	const n_vocab = dims.at(-1) ?? 0;
	const logits = result.float32(LOGITS);
	const flat = dims.length === 2 && dims[0] === batch * length;
	const nested = dims.length === 3 && dims[0] === batch && dims[1] === length;
	const last = dims.length === 3 ? dims[1] === 1 : dims.length === 2 && dims[0] === batch;
	if (!flat && !nested && last) throw onnxLastLogits(spec, name, `it came out as [${dims.join(", ")}]`);
	if (!flat && !nested) throw onnxShape(spec, name, dims, `[${batch}, ${length}, vocabulary]`);
	return {
		logits,
		n_vocab
	};
}
function tapRows(spec, tap, output, result, { batch, length }, d_model) {
	const dims = result.dims(output);
	const flat = dims.length === 2 && dims[0] === batch * length;
	const nested = dims.length === 3 && dims[0] === batch && dims[1] === length;
	if (!flat && !nested) throw onnxShape(spec, tap.name, dims, `[${batch}, ${length}, ${d_model}]`);
	const width = dims.at(-1) ?? 0;
	if (width !== d_model) throw modelsDiffer(spec, `width at "${tap.name}"`, width, d_model);
	return result.float32(output);
}
// src/audit/subjects/basis/turned-rows.ts
/**
* @file Are the rows of one embedding those of another, turned? Their inner products then are the same, up to the square of a
* factor where the residual stream was scaled too, and their directions are not. Pure.
*/
/** Below this mean cosine two embeddings point elsewhere: 2-bit rounding keeps 0.9. */
const SAME_DIRECTION = .8;
/** Relative difference of all inner products up to which they are the same: 8-bit rounding makes 0.01. */
const SAME_PRODUCTS = .05;
/** The sign of it in words; null: they are not turned. Rows of both belong together one by one. */
function turnedRows(reference, candidate) {
	let [cosines, counted] = [0, 0];
	let [ours, theirs, both] = [
		0,
		0,
		0
	];
	for (const [i, x] of reference.entries()) {
		const y = candidate[i] ?? x;
		const length = Math.sqrt(dot(x, x) * dot(y, y));
		if (length > 0) [cosines, counted] = [cosines + dot(x, y) / length, counted + 1];
		for (const [j, other] of reference.entries()) {
			const [p, q] = [dot(x, other), dot(y, candidate[j] ?? other)];
			ours += p * p;
			theirs += q * q;
			both += p * q;
		}
	}
	const cosine = counted === 0 ? 1 : cosines / counted;
	const square = both / ours;
	const left = Math.sqrt(Math.max(0, theirs - both * square) / theirs);
	if (!(cosine < SAME_DIRECTION && square > 0 && left <= SAME_PRODUCTS)) return null;
	const factor = Math.sqrt(square);
	return `its embedding has the reference's inner products in other directions${Math.abs(factor - 1) < .05 ? "" : `, ${factor.toPrecision(3)} times as large`}, mean cosine ${cosine.toFixed(2)}`;
}
function dot(a, b) {
	let sum = 0;
	for (let i = 0; i < a.length; i++) sum += (a[i] ?? 0) * (b[i] ?? 0);
	return sum;
}
// src/audit/subjects/basis/procrustes.ts
/**
* @file The rotation between two matrices: orthogonal R (d, d) that minimizes ‖A·R − B‖ (whatever the size of B), for A, B (rows, d).
*
* R is the orthogonal polar factor of M = Aᵀ·B (Schönemann 1966, Psychometrika 31). The factor is found by the
* Newton–Schulz iteration X ← X·(3·I − Xᵀ·X)/2 from X = M/‖M‖, whose only operation is a matrix product, so the engine does
* all the work, in float64. It converges where M has full rank; how fast depends on the smallest singular value (each
* round multiplies it by 1.5), about 40 rounds for the embeddings of language models.
*/
/** Rows that one product takes: 64 MiB of float64 at d = 4096. */
const ROWS = 2048;
/** Largest entry of Xᵀ·X − I at which X counts as orthogonal. */
const ORTHOGONAL = 1e-10;
/** Reaches singular values of 1e-16 times the largest: beyond them float64 has nothing to say. */
const MOST_ROUNDS = 100;
/** Of two matrices of one shape. Null where they do not determine a rotation (rank below d). */
async function rotationBetween(a, b, shape, device) {
	const { M, squaresA, squaresB } = await crossProduct(a, b, shape, device);
	const R = await polarFactor(M, shape[1], device);
	if (R === null) return null;
	const shared = R.reduce((sum, r, i) => sum + r * present(M[i]), 0);
	const best = shared / squaresA;
	const factor = Math.abs(best - 1) < .05 ? 1 : best;
	const left = factor * factor * squaresA + squaresB - 2 * factor * shared;
	return {
		R,
		factor,
		error: Math.sqrt(Math.max(0, left) / squaresB)
	};
}
/** M = Aᵀ·B and the squared norms of both. */
async function crossProduct(a, b, [rows, d], device) {
	const g = new GraphBuilder();
	const [left, right, before] = [
		g.input("a", "float64", ["n_row", d]),
		g.input("b", "float64", ["n_row", d]),
		g.input("before", "float64", [d, d])
	];
	const shape = {
		type: "float64",
		shape: [d, d]
	};
	g.output("sum", g.apply("Gemm", [
		left,
		right,
		before
	], shape, { transA: int(1) }));
	const session = await createSession(g.build(), device, "the rotation");
	let M = new Float64Array(d * d);
	let [squaresA, squaresB] = [0, 0];
	try {
		for (let start = 0; start < rows; start += ROWS) {
			const end = Math.min(start + ROWS, rows);
			const [x, y] = [Float64Array.from(a(start, end)), Float64Array.from(b(start, end))];
			squaresA += sumOfSquares(x);
			squaresB += sumOfSquares(y);
			const dims = [end - start, d];
			M = (await session.run({
				a: {
					type: "float64",
					data: x,
					dims
				},
				b: {
					type: "float64",
					data: y,
					dims
				},
				before: {
					type: "float64",
					data: M,
					dims: [d, d]
				}
			})).float64("sum");
		}
	} finally {
		await session.release();
	}
	return {
		M,
		squaresA,
		squaresB
	};
}
async function polarFactor(M, d, device) {
	const norm = Math.sqrt(sumOfSquares(M));
	if (!(norm > 0)) return null;
	let X = M.map((value) => value / norm);
	const session = await roundSession(d, device);
	try {
		for (let round = 0; round < MOST_ROUNDS; round++) {
			const result = await session.run({ x: {
				type: "float64",
				data: X,
				dims: [d, d]
			} });
			X = result.float64("next");
			if (present(result.float64("deviation")[0]) < ORTHOGONAL) return X;
		}
		return null;
	} finally {
		await session.release();
	}
}
/** One round: `next` and the largest entry of |Xᵀ·X − I| of the X given. */
async function roundSession(d, device) {
	const g = new GraphBuilder();
	const shape = {
		type: "float64",
		shape: [d, d]
	};
	const x = g.input("x", "float64", [d, d]);
	const gram = g.apply("Gemm", [x, x], shape, {
		transA: int(1),
		alpha: float$1(1)
	});
	const identity = Float64Array.from({ length: d * d }, (_, i) => i % (d + 1) === 0 ? 1 : 0);
	const I = g.initializer("identity", "float64", [d, d], identity);
	const deviation = abs(g, sub(g, gram, I));
	g.output("deviation", reduceMax(g, deviation, null));
	const cubic = g.apply("Gemm", [
		x,
		gram,
		x
	], shape, {
		alpha: float$1(-.5),
		beta: float$1(1.5)
	});
	g.output("next", cubic);
	return await createSession(g.build(), device, "the rotation");
}
function sumOfSquares(values) {
	let sum = 0;
	for (let i = 0; i < values.length; i++) sum += present(values[i]) ** 2;
	return sum;
}
// src/audit/subjects/basis/basis.ts
/** Rows of the embeddings that are looked at. */
const SAMPLE_ROWS = 256;
/**
* Largest relative residual of the fit: bfloat16 rounding leaves 0.002, 8-bit embeddings 0.01; with more, the error of
* the rotation itself would be measured as damage.
*/
const EXACT_ENOUGH = .02;
/** Errors: CANDIDATE_ROTATED, ROTATION_AT_RUN_TIME, ROTATION_INEXACT. */
async function residualBasis(reference, candidate, checkpoint, unrotate) {
	const online = runTimeRotation(checkpoint.config);
	if (online !== null) throw rotationAtRunTime(candidate.name, online);
	const [ours, theirs] = [await embeddingOf(reference), await embeddingOf(candidate)];
	const reason = checkpoint.packed?.rotation ?? turnedEmbedding(ours, theirs);
	if (reason === null) return {
		basis: null,
		warnings: []
	};
	if (!unrotate) throw candidateRotated(candidate.name, reason, "checkpoint");
	const d = reference.decoder.spec.d_model;
	const rows = Math.min(ours.rows, theirs.rows);
	const found = await rotationBetween(ours.read, theirs.read, [rows, d], {
		kind: "cpu",
		threads: 0,
		bodyType: "float32"
	});
	if (found === null || found.error > EXACT_ENOUGH) throw rotationInexact(candidate.name, reason, found === null ? null : found.error, EXACT_ENOUGH);
	const percent = (100 * found.error).toPrecision(2);
	return {
		basis: transposed(found.R, d).map((value) => value / found.factor),
		warnings: [`it is rotated (${reason}); its residual stream was turned back by the orthogonal fit between the embeddings, which leaves ${percent} % of the embedding unexplained`]
	};
}
async function embeddingOf({ decoder, tensors }) {
	const ref = decoder.weights.embedding;
	const weight = await weightReader(tensors, [ref]).read(ref, "stored");
	const [rows = 0, width = 1] = weight.shape;
	const read = (start, end) => {
		const data = weight.data.subarray(start * width, end * width);
		return asFloat32({
			type: weight.type,
			shape: [end - start, width],
			data
		});
	};
	return {
		rows,
		width,
		read
	};
}
/** The sign in the data, in words, or null. */
function turnedEmbedding(reference, candidate) {
	const at = sampledRows(Math.min(reference.rows, candidate.rows));
	const sample = ({ read }) => at.map((row) => read(row, row + 1));
	return turnedRows(sample(reference), sample(candidate));
}
/** Rows that are looked at, spread evenly. */
function sampledRows(rows) {
	const count = Math.min(SAMPLE_ROWS, rows);
	return Array.from({ length: count }, (_, i) => Math.floor(i * rows / count));
}
/** A transform that compressed-tensors applies to activations (`input`, `output`, `q_attn`, `k_cache`), or null. */
function runTimeRotation(config) {
	const quantization = config.quantization_config;
	const transforms = isJsonObject(quantization) ? quantization.transform_config : null;
	const groups = isJsonObject(transforms) ? transforms.config_groups : null;
	for (const [name, group] of isJsonObject(groups) ? Object.entries(groups) : []) {
		const applied = isJsonObject(group) && Array.isArray(group.apply) ? group.apply : [];
		for (const apply of applied) {
			const location = isJsonObject(apply) ? apply.location : null;
			if (typeof location === "string" && !location.startsWith("weight_")) return `transform "${name.slice(0, 40)}" is applied to the ${location.slice(0, 40)} of layers`;
		}
	}
	return null;
}
function transposed(R, d) {
	return Float32Array.from({ length: d * d }, (_, i) => present(R[i % d * d + Math.floor(i / d)]));
}
// src/audit/subjects/basis/onnx-basis.ts
/**
* @file Does the residual stream of a user's ONNX model lie in the reference's basis? Its embedding may be packed in any way, so
* it is seen by running: what enters the first block, token by token, beside the reference's rows.
*/
/** Rows that say enough, and those that say too little. */
const MOST_ROWS = 256;
const FEWEST_ROWS = 8;
/** `longest`: positions that the audit will run. Errors: CANDIDATE_ROTATED, those of running it. */
async function refuseTurnedOnnx({ name, vocabulary }, loaded, reference, longest) {
	const ours = await embeddingOf(reference);
	const first = await firstPosition(reference);
	const batch = loaded.batch ?? (first === null ? 1 : MOST_ROWS);
	const length = loaded.length ?? (first === null ? Math.min(MOST_ROWS, longest) : 1);
	const step = first === null ? 1 : length;
	const known = Math.min(ours.rows, vocabulary);
	const count = batch * length / step;
	const token = (row) => Math.floor(Math.floor(row / step) * known / count);
	const theirs = await loaded.embedded(Int32Array.from({ length: batch * length }, (_, row) => token(row)), {
		batch,
		length
	});
	if (theirs === null || count < FEWEST_ROWS) return;
	const rows = Array.from({ length: Math.min(count, MOST_ROWS) }, (_, i) => i * step);
	const scale = reference.decoder.spec.embeddingScale;
	const reason = turnedRows(rows.map((row) => ours.read(token(row), token(row) + 1).map((value, d) => value * scale + (first?.[d] ?? 0))), rows.map((row) => theirs.subarray(row * ours.width, (row + 1) * ours.width)));
	if (reason !== null) throw candidateRotated(name, reason, "onnx");
}
/** What is learned of position 0; null: positions are not learned. */
async function firstPosition({ decoder, tensors }) {
	const ref = decoder.weights.positions;
	if (ref === null) return null;
	const weight = await weightReader(tensors, [ref]).read(ref, "stored");
	const [, width = 0] = weight.shape;
	return asFloat32({
		type: weight.type,
		shape: [1, width],
		data: weight.data.subarray(0, width)
	});
}
// src/models/graph/fused-attention.ts
/**
* @file Which nodes of a graph are fused attention, and why none of them may run on WebGPU. Of onnxruntime 1.30:
*
* - GroupQueryAttention ignores its `softcap` there: with a cap of 2 it gives the uncapped result to 2.6e-7, off by 0.7 of
*   values up to 2, at any length. No shader of the provider knows soft caps, so this holds for every driver. Gemma 2 has
*   one. https://github.com/microsoft/onnxruntime/pull/27461 would add it.
* - The flash kernel, which GroupQueryAttention and MultiHeadAttention take from 32 positions on, adds up the scores of one
*   step over the keys in variables that it declares in the loop without a value and needs to be zero in every step. By way
*   of Vulkan (Dawn to SPIR-V, Mesa's llvmpipe) they are not: a step starts from the softmax shares that the last one left
*   in them. That mistake, computed by hand, is what the kernel gives to 5e-7; the right result is 0.2 away. Metal and
*   Direct3D are translated in other ways, of which we have measured none.
*
* The graphs that saegate builds use tiled-attention.ts there instead.
*/
/** As the operators are called in the default and in onnxruntime's own domain. */
const FUSED = /* @__PURE__ */ new Set([
	"Attention",
	"GroupQueryAttention",
	"MultiHeadAttention"
]);
/** The first fused attention among nodes; null: there is none. */
function fusedAttention(nodes) {
	return nodes.find(({ op }) => FUSED.has(op))?.op ?? null;
}
// src/audit/subjects/user-onnx.ts
/** @file A user's own ONNX model as a candidate, before it is run: what is said of it, where it is tapped, what is checked. */
/** What an optimization level may change: kernels and their rounding, not what is quantized. */
const AS_STORED = "run as it is stored: onnxruntime fuses its operators (graphOptimizationLevel all), adds int8 products exactly on every processor (session.x64quantprecision), and quantizes no activations that the model does not (session.qdq_matmulnbits_accuracy_level)";
function rangeWarnings$1({ model, signature }) {
	if (!hasRunRanges(model)) return [];
	const { batch } = signature;
	return [`its activations are quantized by their range over a run: ${batch === null || batch === 1 ? "one sequence a run, as a server does" : `${batch} sequences a run, for which it was exported, and they change each other`}`];
}
/** Its own vocabulary, its own notes. */
function onnxCandidate({ name, spec }, user, reference) {
	const { n_vocab } = reference.decoder.spec;
	const vocabulary = user.signature.logits.shape?.at(-1) ?? n_vocab;
	const warnings = [
		AS_STORED,
		...rangeWarnings$1(user),
		...user.notes
	];
	if (vocabulary !== n_vocab) warnings.push(`its logits have ${vocabulary} columns, the reference's ${n_vocab}; both are compared on the first ${Math.min(vocabulary, n_vocab)}`);
	return {
		kind: "onnx",
		name,
		spec,
		user,
		vocabulary,
		warnings,
		compression: { ...user.quantization }
	};
}
/** The tap of every hook, by its name. Errors: ONNX_TAP_*. */
function userTaps(user, hooks, reference, override) {
	if (override !== null && hooks.length > 1) throw onnxTapHook(user.spec, hooks.map(hookName).join(", "), "--tap names one value, and the SAEs read several hooks");
	const { spec } = reference.decoder;
	const tap = (hook) => tapOf(user.spec, user.model, user.stream, spec, hook, override);
	return new Map(hooks.map((hook) => [hookName(hook), tap(hook)]));
}
/** What can be known before anything is run. Errors: ONNX_TAP_*, ONNX_FIXED_LENGTH, ONNX_FUSED_ATTENTION. */
function checkUserModel(user, hooks, reference, config) {
	const fused = config.device === "webgpu" ? fusedAttention(user.model.nodes) : null;
	if (fused !== null) throw onnxFusedAttention(user.spec, fused);
	userTaps(user, hooks, reference, config.tap);
	const { length } = user.signature;
	const other = [config.corpus.blockLength, config.perplexity.sliding?.window ?? config.corpus.blockLength].find((asked) => asked !== length);
	if (length !== null && other !== void 0) throw onnxFixedLength(user.spec, length, other);
}
// src/audit/losses/logit-losses.ts
/**
* @file Losses of a candidate that yields logits instead of hidden states: reduced at once beside the reference's
* stored hidden states, a few hundred rows at a time, so that logits are never stored.
*/
/** Rows of one run: reference and candidate together are as many as elsewhere. */
const ROWS_PER_RUN$1 = 256;
/** Reduces logits as they come, in the order of the store's rows. */
var LogitLosses = class {
	#sums;
	#name;
	#reference;
	#hidden;
	#scored;
	#device;
	/** The first scored token that is not reduced yet. */
	#next = 0;
	#head = null;
	/** `name`: the candidate's, for messages. */
	constructor(name, reference, scored, device) {
		this.#name = name;
		this.#reference = reference.unembedding;
		this.#hidden = reference.hidden;
		this.#scored = scored;
		this.#device = device;
		this.#sums = new VocabularySums(scored.rows.length, 1);
	}
	get losses() {
		return this.#sums.losses;
	}
	/** Errors: CAPTURE_NOT_FINITE, MODELS_DIFFER when a target lies beyond the candidate's vocabulary, ENGINE_FAILED. */
	async add(logits) {
		const { rows } = this.#scored;
		const past = logits.firstRow + logits.rows;
		while ((rows[this.#next] ?? past) < past) {
			const start = this.#next;
			let end = start + 1;
			while (end - start < ROWS_PER_RUN$1 && end < rows.length && rows[end] === present(rows[start]) + end - start) {
				if ((rows[end] ?? past) >= past) break;
				end++;
			}
			await this.#reduce(logits, start, end);
			this.#next = end;
		}
	}
	async release() {
		await this.#head?.session.release();
		this.#head = null;
	}
	async #reduce(logits, start, end) {
		const session = await this.#session(logits.columns);
		const rows = this.#scored.rows.subarray(start, end);
		const targets = this.#scored.targets.subarray(start, end);
		const count = end - start;
		const at = (present(rows[0]) - logits.firstRow) * logits.columns;
		const result = await session.run({
			hidden_0: {
				type: "float32",
				data: await gatherRows(this.#hidden, rows, count),
				dims: [count, this.#hidden.width]
			},
			logits_1: {
				type: "float32",
				data: logits.data.subarray(at, at + count * logits.columns),
				dims: [count, logits.columns]
			},
			targets: {
				type: "int64",
				data: BigInt64Array.from(targets, BigInt),
				dims: [count, 1]
			}
		});
		const tiles = vocabularyTiles(Math.min(this.#reference.n_vocab, logits.columns), runSize(this.#device).headTile);
		this.#sums.add(result, {
			targets,
			start
		}, {
			firstToken: 0,
			tiles
		});
		this.#sums.settle(start, end);
		this.#checkFinite(start, end);
	}
	async #session(columns) {
		if (this.#head?.columns === columns) return this.#head.session;
		await this.release();
		const { n_vocab } = this.#reference;
		if (columns < n_vocab && this.#scored.targets.some((target) => target >= columns)) throw modelsDiffer(this.#name, "vocabulary", columns, n_vocab);
		const session = await createSession(buildLogitsHead(this.#reference, columns, runSize(this.#device).headTile), this.#device, "the unembedding");
		this.#head = {
			session,
			columns
		};
		return session;
	}
	#checkFinite(start, end) {
		const { loss, kl } = present(this.losses.candidates[0]);
		for (let i = start; i < end; i++) {
			if (Number.isFinite(present(loss[i]) + present(kl[i]))) continue;
			throw captureNotFinite(this.#name, "the logits", present(this.#scored.rows[i]));
		}
	}
};
// src/audit/losses/user-model.ts
/**
* @file A user's own ONNX model, run as it is on onnxruntime's kernels: its residual stream stored like any other's, its
* logits turned into losses at once.
*/
/** Rows of one run; each has a row of logits in memory. */
const ROWS_PER_RUN = 512;
/** Run the model over sequences and windows. Errors: ONNX_*, MODELS_DIFFER, CAPTURE_NOT_FINITE, ENGINE_FAILED, SPILL_FAILED. */
async function measureUserModel(run, reference, candidate) {
	const { name, user } = candidate;
	const { tokens, device, memory, config } = run;
	const taps = userTaps(user, hooksOf(run.readouts), reference.model, config.tap);
	const { d_model } = reference.model.decoder.spec;
	const loaded = await loadUserModel(user, [...taps.values()], d_model, device);
	const stores = /* @__PURE__ */ new Map();
	try {
		await refuseTurnedOnnx(candidate, loaded, reference.model, tokens.chunked.plan.longest);
		for (const hook of taps.keys()) stores.set(hook, await createRowStore(tokens.chunked.plan.rows, d_model, memory));
		const running = {
			name,
			loaded,
			most: hasRunRanges(user.model) ? 1 : ROWS_PER_RUN,
			reference,
			unembedding: wantsLosses(config) ? await wholeUnembedding(reference.model, device) : null
		};
		const hidden = reference.capture.chunked.get("hidden") ?? null;
		const chunked = await runPlan(run, running, {
			...tokens.chunked,
			hidden,
			stores
		});
		const windows = reference.capture.sliding;
		return {
			stores,
			chunked,
			sliding: tokens.sliding === null || windows === null ? null : await runPlan(run, running, {
				...tokens.sliding,
				hidden: windows,
				stores: /* @__PURE__ */ new Map()
			})
		};
	} catch (error) {
		for (const store of stores.values()) await store.close();
		throw error;
	} finally {
		await loaded.release();
	}
}
/** All of it at once: this model's logits come a row at a time, each of the whole vocabulary. */
async function wholeUnembedding(model, device) {
	const stored = await openUnembedding(model, device);
	return await stored.tokens(0, stored.n_vocab);
}
async function runPlan({ device, work }, { name, loaded, most, reference, unembedding }, { plan, scored, hidden, stores }) {
	const { decoder } = reference.model;
	const total = plan.sequences.reduce((sum, { begin, end }) => sum + end - begin, 0);
	const cost = stageCost.body(decoder, total, plan.longest) + stageCost.head(decoder, total, 2);
	const what = plan.rows === total ? "forward pass and losses" : "sliding windows";
	const onTokens = work.stage(`${name}: ${what}`, cost, total);
	const losses = unembedding === null || hidden === null ? null : new LogitLosses(name, {
		unembedding,
		hidden
	}, scored, device);
	const size = loaded.batch ?? Math.max(1, Math.floor(most / plan.longest));
	let done = 0;
	let storeRow = 0;
	try {
		for (const batch of batches(plan.sequences, size)) {
			const { ids, length } = batchIds(plan, batch, loaded.batch ?? batch.length);
			const run = await loaded.run(ids, {
				batch: ids.length / length,
				length
			});
			for (const [i, [hook, store]] of [...stores].entries()) {
				const taps = present(run.taps[i], `the tap of ${hook}`);
				await storeRows({
					model: name,
					name: hook
				}, taps, batch, {
					store,
					storeRow
				});
			}
			for (const [b, { begin, keepFrom, keepTo }] of batch.entries()) {
				const rows = keepTo - keepFrom;
				const from = (b * length + keepFrom - begin) * run.n_vocab;
				const data = run.logits.subarray(from, from + rows * run.n_vocab);
				await losses?.add({
					data,
					columns: run.n_vocab,
					firstRow: storeRow,
					rows
				});
				storeRow += rows;
				done += length;
				onTokens(done);
			}
		}
		return losses?.losses ?? null;
	} finally {
		await losses?.release();
	}
}
/** Ids (size, length) of sequences of one length; a batch that is not full repeats its first sequence. */
function batchIds(plan, batch, size) {
	const [first] = batch;
	if (first === void 0) throw new RangeError("an empty batch");
	const length = first.end - first.begin;
	const ids = new Int32Array(size * length);
	for (let b = 0; b < size; b++) ids.set(sequenceIds(plan, batch[b] ?? first), b * length);
	return {
		ids,
		length
	};
}
// src/compression/tensor-plan.ts
/** Every tensor of a checkpoint as it is stored. */
function storedPlan(store) {
	const sources = [...store.table.entries.keys()].map((tensor) => [tensor, {
		kind: "stored",
		store,
		tensor
	}]);
	return {
		name: store.name,
		sources: new Map(sources)
	};
}
/** The same with the targets compressed; all else (embeddings, norms, biases, unembedding) as it was. */
function compressedPlan(name, base, targets, how) {
	const sources = [...base.sources].map(([tensor, of]) => {
		const channels = targets.get(tensor);
		return [tensor, channels === void 0 ? of : {
			kind: "compressed",
			of,
			channels,
			how
		}];
	});
	return {
		name,
		sources: new Map(sources)
	};
}
/** Do two sources hold the same values, as far as a plan can tell? */
function sameSource(a, b) {
	if (a === void 0 || b === void 0) return false;
	if (a === b) return true;
	if (a.kind === "stored" && b.kind === "stored") return a.store === b.store && a.tensor === b.tensor;
	if (a.kind === "compressed" && b.kind === "compressed") return compressedText(a) === compressedText(b) && sameSource(a.of, b.of);
	if (a.kind !== "joint" || b.kind !== "joint") return false;
	return a.text === b.text && a.of.length === b.of.length && a.of.every((of, i) => sameSource(of, b.of[i]));
}
/** Sides count: the same bits along other channels are other values. */
function compressedText({ channels, how }) {
	return `${compressionText(how)} ${channels.layout} ${channels.out}x${channels.in}`;
}
// src/audit/plan-rounds.ts
/**
* @file Which candidates are measured together. Those that share the reference's unembedding go up to four to a round, because the
* reference's logits and activations are then computed once for all of them; one with an unembedding of its own goes alone,
* because it shares no product with the reference.
*/
const MOST_PER_ROUND = 4;
/** Rounds of candidates that are compiled from their weights. Errors: those of reading an unembedding. */
async function planRounds(run, reference, candidates) {
	const sharing = [];
	const alone = [];
	for (const candidate of candidates) if (await hasOwnUnembedding(run, reference, candidate)) alone.push({
		candidates: [candidate],
		isShared: false
	});
	else sharing.push(candidate);
	const rounds = [];
	for (let start = 0; start < sharing.length; start += MOST_PER_ROUND) rounds.push({
		candidates: sharing.slice(start, start + MOST_PER_ROUND),
		isShared: true
	});
	return [...rounds, ...alone];
}
/** Is its unembedding another than the reference's? Read here and again in its round: nothing of it is kept. */
async function hasOwnUnembedding({ device, config }, captured, candidate) {
	if (!wantsLosses(config) || hasSameSources(captured.model, candidate.model)) return false;
	return !await sameUnembedding(await openUnembedding(candidate.model, device), await openUnembedding(captured.model, device));
}
/** Do the plans already say that both unembeddings are one? */
function hasSameSources(a, b) {
	if (a.decoder !== b.decoder) return false;
	const { weight, bias } = a.decoder.weights.unembedding;
	return (bias === null ? [weight] : [weight, bias]).every(({ tensor }) => sameSource(a.plan.sources.get(tensor), b.plan.sources.get(tensor)));
}
// src/audit/sums/group-sums.ts
/**
* @file All that an audit measured, as sums per token group: what features and losses of a report are made from, and nothing
* else. Sums of the same groups add, so that parts measured apart can be put together; what they were measured on travels
* along, and only equal measurements may be put together.
*
* Shapes: G token groups. Losses in nats.
*/
function lossSums({ scored, reference, candidate }) {
	return {
		tokens: groupSums(scored, () => 1),
		referenceLoss: groupSums(scored, (i) => present(reference[i])),
		candidateLoss: groupSums(scored, (i) => present(candidate.loss[i]))
	};
}
function divergenceSums({ scored, candidate }) {
	return {
		tokens: groupSums(scored, () => 1),
		kl: groupSums(scored, (i) => present(candidate.kl[i])),
		klAbove: countsAbove(candidate.kl, scored.tokenGroups, scored.tokenGroupCount),
		agreements: groupSums(scored, (i) => present(candidate.agrees[i])),
		klOfTokens: Float32Array.from(candidate.kl)
	};
}
/** (G) Σ of a value per token group, float64. */
function groupSums({ tokenGroups, tokenGroupCount }, value) {
	const sums = new Array(tokenGroupCount).fill(0);
	for (let i = 0; i < tokenGroups.length; i++) {
		const tokenGroup = present(tokenGroups[i]);
		sums[tokenGroup] = present(sums[tokenGroup]) + value(i);
	}
	return sums;
}
// src/audit/rounds.ts
/**
* @file Candidates in rounds (plan-rounds.ts): capture each, then measure the round beside the reference. A user's ONNX model,
* which yields logits instead of hidden states, goes alone.
*/
/** Measure every candidate; results are in the order given. */
async function measureRounds(run, reference, candidates) {
	const compiled = [];
	const onnx = [];
	for (const candidate of candidates) switch (candidate.kind) {
		case "derived":
		case "stored":
			compiled.push(candidate);
			break;
		case "onnx":
			onnx.push(candidate);
			break;
		default: unknownKind(candidate);
	}
	const results = /* @__PURE__ */ new Map();
	for (const round of await planRounds(run, reference.captured, compiled)) for (const result of await measureRound(run, reference, round)) results.set(result.candidate, result);
	for (const candidate of onnx) results.set(candidate, await measureUser(run, reference, candidate));
	const { captured, readouts } = reference;
	const inOrder = candidates.map((candidate) => present(results.get(candidate)));
	return await withExplanations(run, {
		model: captured.model,
		readouts
	}, inOrder);
}
async function measureRound(run, reference, round) {
	const captured = [];
	try {
		for (const candidate of round.candidates) {
			const { name, model } = candidate;
			captured.push({
				candidate,
				model,
				capture: await captureModel(run, name, model)
			});
		}
		const lossesOver = async (protocol) => await roundLosses(run, reference.captured, {
			...round,
			captured
		}, protocol);
		const chunked = wantsLosses(run.config) ? await lossesOver("chunked") : null;
		const sliding = run.tokens.sliding === null ? null : await lossesOver("sliding");
		const features = await roundFeatures(run, reference, captured);
		return await located(run, reference, captured, captured.map(({ candidate }, c) => {
			return candidateResult(run, reference, candidate, sumsOf({
				chunked: chunked?.[c] ?? null,
				sliding: sliding?.[c] ?? null
			}, present(features[c])));
		}));
	} finally {
		for (const { capture } of captured) await closeCapture(capture);
	}
}
async function measureUser(run, reference, candidate) {
	const { stores, chunked, sliding } = await measureUserModel(run, reference.captured, candidate);
	const capture = {
		chunked: stores,
		sliding: null
	};
	try {
		const [features] = await roundFeatures(run, reference, [{
			candidate,
			capture,
			model: null
		}]);
		const losses = (of, { scored }) => ({
			scored,
			reference: of.reference,
			candidate: present(of.candidates[0])
		});
		const result = candidateResult(run, reference, candidate, sumsOf({
			chunked: chunked === null ? null : losses(chunked, run.tokens.chunked),
			sliding: sliding === null ? null : losses(sliding, present(run.tokens.sliding))
		}, present(features)));
		return present((await located(run, reference, [{
			candidate,
			capture,
			model: null
		}], [result]))[0]);
	} finally {
		await closeCapture(capture);
	}
}
/** The results with where their worst features fire, while the captures are there. */
async function located(run, { captured: { capture }, readouts }, captured, results) {
	const candidates = results.map(({ features }, c) => ({
		features,
		capture: present(captured[c]).capture
	}));
	const found = await locateRound(run, {
		capture,
		readouts
	}, candidates);
	return results.map((result, c) => ({
		...result,
		located: present(found[c])
	}));
}
/** Losses per token become sums here: nothing after it sees a token. */
function sumsOf({ chunked, sliding }, readouts) {
	return {
		losses: chunked === null ? null : lossSums(chunked),
		divergence: chunked === null ? null : divergenceSums(chunked),
		sliding: sliding === null ? null : lossSums(sliding),
		readouts
	};
}
/** What is said of a candidate, from its sums and the reference's alone. */
function candidateResult({ config: { thresholds, confidence }, tokens }, { readouts }, candidate, sums) {
	const reading = {
		thresholds,
		confidence,
		sampling: samplingOfTokens(tokens)
	};
	return {
		candidate,
		sums,
		features: readouts.map((seen, r) => candidateFeatures(seen, {
			candidate: candidate.name,
			...present(sums.readouts[r])
		}, reading))
	};
}
/** Losses of a whole round, one entry per candidate. */
async function roundLosses({ tokens, device, work, headBytes }, reference, round, protocol) {
	const { captured } = round;
	const { scored } = protocol === "chunked" ? tokens.chunked : present(tokens.sliding);
	const hidden = [reference.capture, ...captured.map(({ capture }) => capture)].map((capture) => protocol === "chunked" ? storeOf(capture.chunked, HIDDEN) : present(capture.sliding));
	const cost = stageCost.head(reference.model.decoder, scored.rows.length, captured.length + 1);
	const onTokens = work.stage(`${namesOf(captured)}: ${protocol} losses`, cost, scored.rows.length);
	const losses = await tokenLosses({
		head: await headOf(reference, round, device),
		hidden,
		rangeBytes: headBytes
	}, scored, device, onTokens);
	return losses.candidates.map((candidate) => ({
		scored,
		reference: losses.reference,
		candidate
	}));
}
async function headOf({ model }, { candidates, isShared }, device) {
	const unembedding = await openUnembedding(model, device);
	const [first] = candidates;
	if (isShared || first === void 0) return {
		unembeddings: [unembedding],
		models: [0, ...candidates.map(() => 0)]
	};
	return {
		unembeddings: [unembedding, await openUnembedding(first.model, device)],
		models: [0, 1]
	};
}
/** Features of a whole round: per candidate, one entry per read-out. */
async function roundFeatures(run, reference, captured) {
	const byCandidate = captured.map(() => []);
	for (const seen of reference.readouts) {
		const features = await featuresAt(run, reference.captured, seen, captured);
		for (const [c, of] of byCandidate.entries()) of.push(present(features[c]));
	}
	return byCandidate;
}
/** Features of a whole round at one read-out, one entry per candidate. */
async function featuresAt(run, reference, seen, captured) {
	const { readout, active, closeCalls } = seen;
	const residuals = ({ chunked }) => ({
		store: storeOf(chunked, readout.hook),
		center: readout.center
	});
	const own = residuals(reference.capture);
	const sample = fitRows(rowLayout(run.tokens, readout), readout.positions, FIT_ROWS);
	const scalings = [];
	for (const { capture } of captured) scalings.push(await scalingBetween(own, residuals(capture), sample));
	const scales = scalings.map((found) => run.config.rescale && isRescaled(found) ? 1 / found.factor : 1);
	const models = {
		reference: own,
		candidates: captured.map(({ capture }, c) => ({
			...residuals(capture),
			scale: present(scales[c])
		}))
	};
	const { rows } = models.reference.store;
	const cost = stageCost.features(readout.dictionary.d_in, active.length, rows, captured.length + 1);
	const onTokens = run.work.stage(`${namesOf(captured)}: features at ${readout.id}`, cost, rows);
	const watch = closeCalls?.candidates(active) ?? null;
	const passes = await candidatePass(featurePass(run, readout, onTokens), active, models, watch);
	const features = [];
	for (const [index, { candidate, model }] of captured.entries()) {
		const { name } = candidate;
		const pass = present(passes[index]);
		const sums = {
			index,
			name,
			model,
			scale: present(scales[index]),
			moments: pass.moments
		};
		const warnings = watch === null ? [] : await closeCalls?.settleCandidate(watch, sums);
		features.push({
			...pass,
			scaling: present(scalings[index]),
			warnings: warnings ?? []
		});
	}
	return features;
}
function namesOf(captured) {
	return captured.map(({ candidate }) => candidate.name).join(", ");
}
// src/audit/null-check.ts
/** @file The reference audited against itself: every active feature must correlate with itself to six decimals. */
const TOLERANCE = 1e-6;
/** Run the reference once more as a candidate. Returns what to say in the report. Errors: NULL_CHECK_FAILED. */
async function checkNull(run, reference) {
	const { model } = reference.captured;
	const [result] = await measureRounds(run, reference, [{
		kind: "derived",
		name: "null-check",
		spec: model.name,
		model,
		compression: null,
		form: "as-stored"
	}]);
	let [checked, constant] = [0, 0];
	for (const { evidence, report } of result?.features ?? []) {
		const { constant: apart = 0 } = report;
		constant += apart;
		const { active, correlation, readout } = evidence.table;
		for (let j = 0; j < active.length; j++) {
			const rho = present(correlation[j]);
			if (active[j] === 0) continue;
			if (Number.isNaN(rho)) {
				constant++;
				continue;
			}
			if (!(Math.abs(rho - 1) <= TOLERANCE)) throw nullCheckFailed(readout, j, rho);
			checked++;
		}
	}
	const rest = constant === 0 ? "" : `; ${constant} more never vary on this text and have no ρ`;
	return `null check: the reference against itself gives ρ = 1 to six decimals for all ${checked} active features${rest}`;
}
// src/audit/run/folded.ts
const IN_STREAM = /* @__PURE__ */ new Set([
	"hook_resid_pre",
	"hook_resid_mid",
	"hook_resid_post",
	"hook_attn_out",
	"hook_mlp_out",
	"attn.hook_out",
	"mlp.hook_out",
	"hook_embed"
]);
/** Errors: LAYOUT_NOT_CENTRED, LAYOUT_ELSEWHERE. */
function checkFolded(spec, readouts) {
	for (const { id, center, dictionary } of readouts) {
		for (const { name } of [dictionary.reads, dictionary.predicts]) if (!IN_STREAM.has(name)) throw layoutElsewhere(spec, id);
		if (!center) throw layoutNotCentred(spec, id);
	}
}
// src/sae/check.ts
/** @file Does a dictionary belong to a model? Layer, place and width of its hook, before anything is run. */
/** Errors: SAE_HOOK_LAYER, SAE_HOOK_PARALLEL, SAE_WIDTH. */
function checkDictionary(dictionary, model) {
	const { reads, predicts, d_in, b_dec, spec } = dictionary;
	const sides = [{
		hook: reads,
		width: d_in
	}, {
		hook: predicts,
		width: b_dec.length
	}];
	for (const { hook, width } of sides) {
		const wanted = hookWidth(hook, spec, model);
		if (width !== wanted) throw saeWidth(spec, width, hookName(hook), wanted, model.family);
	}
}
function hookWidth(hook, spec, model) {
	const block = model.blocks[hook.layer];
	if (block === void 0) throw saeHookLayer(spec, hookName(hook), model.blocks.length);
	if (hook.name === "hook_resid_mid" && block.layout === "parallel") throw saeHookParallel(spec, hookName(hook));
	return placeWidth(block, hook.name, model.d_model);
}
// src/sae/open.ts
/** A file that gives a layout away, and what to call the layout. */
const REFUSED = [[/(^|\/)(conf\.yaml|latest_ckpt\.safetensors)$/, "a temporal autoencoder, which attends over the context,"], [/\.(pt|pth|pkl|bin)$/, "a file of PyTorch in no layout that is known"]];
/**
* Open the dictionary in `files`; they must stay open while its `W_dec` is wanted.
* Errors: those of errors/sae.ts, and of reading JSON, safetensors and npz files.
*/
async function openSae(config, files) {
	const found = LAYOUTS.flatMap((layout) => layout.weights(files.names).map((weights) => ({
		layout,
		weights
	})));
	const [only, ...others] = found;
	if (only === void 0) throw refusal(files);
	if (others.length > 0) throw saeAmbiguous(config.source, found.map(({ weights }) => placeOfWeights(weights)));
	const digested = digestedFiles(files);
	return await only.layout.open({
		config,
		files: digested.files,
		weights: only.weights,
		sha256: async () => filesSha256(await digested.opened())
	});
}
/** Its folder; the file itself where it lies in none. */
function placeOfWeights(name) {
	return folderOf(name).replace(/\/$/, "") || name;
}
function refusal(files) {
	for (const name of files.names) {
		const format = REFUSED.find(([pattern]) => pattern.test(name));
		if (format !== void 0) return saeUnsupported(`${files.spec}: ${name}`, format[1]);
	}
	return saeNotFound(files.spec, files.names);
}
// src/audit/run/asked-saes.ts
/** @file The SAEs that are asked for, each by its own spec: what a pattern stands for is looked up where it points. */
/** In the order they were asked for; a dictionary that two specs name comes twice. Errors: SAE_PATTERN_*, and those of listing. */
async function askedSaes({ config, open }) {
	const all = [];
	for (const sae of config.saes) {
		const { source } = sae;
		if (!isSaePattern(source) || !isHubSpec(source) && existsSync(source)) {
			all.push({
				...sae,
				pattern: null
			});
			continue;
		}
		const found = await expanded(source, open);
		all.push(...found.map((spec) => ({
			...sae,
			source: spec,
			pattern: source
		})));
	}
	return all;
}
async function expanded(pattern, open) {
	const files = await open(patternRoot(pattern));
	try {
		const found = matches(pattern, files.names);
		if (found.length === 0) throw saePatternEmpty(pattern, files.names);
		if (found.length > 256) throw saePatternTooMany(pattern, found.length, 256);
		return found;
	} finally {
		await files.close();
	}
}
function matches(pattern, names) {
	try {
		return patternMatches(pattern, names);
	} catch (error) {
		if (error instanceof RangeError) throw saePatternTooMany(pattern, null, 256);
		throw error;
	}
}
// src/audit/run/without-gain.ts
/** The same dictionary where it reads another place, or rows are normalised by it first. Errors: the checkpoint's own. */
async function withoutGain(dictionary, model) {
	const { reads, predicts, input, d_in } = dictionary;
	const gain = input === "plain" && reads.name === "mlp.hook_in" ? await readGain(model, reads.layer) : null;
	if (gain === null || predicts.name === "mlp.hook_in") return dictionary;
	const W_enc = dictionary.encoder.W_enc;
	const b_enc = encoderBias(dictionary);
	scaleRows$1(W_enc, gain, W_enc.length / d_in);
	return {
		...dictionary,
		reads: {
			layer: reads.layer,
			name: "ln2.hook_normalized"
		},
		applyBDecToInput: false,
		encoder: {
			...dictionary.encoder,
			W_enc,
			b_enc
		},
		W_skip: async () => {
			const W_skip = await dictionary.W_skip();
			if (W_skip !== null) scaleRows$1(W_skip, gain, W_skip.length / d_in);
			return W_skip;
		}
	};
}
/** (d_model) gain of the norm before the MLP, with what its family adds to it; null: no RMS norm stands there. */
async function readGain({ decoder, tensors }, layer) {
	const ref = gainOf(decoder, layer);
	if (ref === null || decoder.spec.norm.kind !== "rms") return null;
	const stored = asFloat32(await weightReader(tensors, [ref]).read(ref, "float32"));
	const { gainOffset } = decoder.spec.norm;
	return stored.map((gain) => gain + gainOffset);
}
const gainOf = ({ weights }, layer) => weights.blocks[layer]?.preMlp?.gain ?? null;
// src/audit/run/open-readouts.ts
/** @file SAE specs, opened and checked against the reference. */
/** Open the SAEs and check hook and width against the reference. Errors: the SAE's own. */
async function openReadouts(opening, model) {
	const readouts = [];
	const taken = /* @__PURE__ */ new Set();
	for (const sae of await askedSaes(opening)) readouts.push(await openReadout(opening, sae, model, taken));
	return readouts;
}
async function openReadout({ open }, sae, model, taken) {
	const files = await open(sae.source);
	const opened = await openSae(sae, files);
	checkDictionary(opened, model.decoder.spec);
	const dictionary = await withoutGain(opened, model);
	const hook = hookName(dictionary.reads);
	let id = hook;
	for (let n = 2; taken.has(id); n++) id = `${hook}#${n}`;
	taken.add(id);
	return {
		id,
		hook,
		pattern: sae.pattern,
		dictionary,
		encoder: {
			d_in: dictionary.d_in,
			input: dictionary.input,
			W_enc: dictionary.encoder.W_enc,
			bias: encoderBias(dictionary),
			threshold: dictionary.encoder.threshold,
			activatesBy: dictionary.encoder.activatesBy
		},
		center: dictionary.center && (sae.center === true || model.decoder.spec.norm.kind === "layer"),
		decoderNorms: await decoderNorms(dictionary),
		close: () => files.close()
	};
}
// src/audit/run/positions.ts
/** As was asked for, or as the dictionary was trained. Errors: POSITIONS_LEAVE_NOTHING. */
function countedAt(readout, asked, untrained, { blockLength, bos }) {
	const auto = Math.max(untrained.first, untrained.bos && bos !== null ? 1 : 0);
	const counted = asked === "auto" ? skipping(auto) : asked;
	if (leftOut$2(counted) >= blockLength) throw positionsLeaveNothing(readout, counted, blockLength);
	return counted;
}
// src/audit/subjects/expected.ts
/**
* Every reference, SAE, corpus and candidate is among those that were named; where nothing was named, anything is. A candidate
* that is made of the reference has no digest, so it cannot stand for one that has. Errors: DIGEST_UNEXPECTED, those of reading.
*/
async function requireExpected({ reference, saes, corpus, candidates }, opened) {
	const require = (what, found, expected) => {
		if (expected.digests.length > 0 && (found === null || !expected.digests.includes(found))) throw digestUnexpected(what, found, expected);
	};
	const { checkpoint } = opened.reference;
	if (reference.length > 0) require(`the reference ${checkpoint.spec}`, await checkpoint.sha256(), {
		digests: reference,
		input: "expect-reference-sha256"
	});
	for (const { id, dictionary } of opened.readouts) require(`the SAE of ${id}`, dictionary.sha256, {
		digests: saes,
		input: "expect-sae-sha256"
	});
	const ofCorpus = {
		digests: corpus,
		input: "expect-corpus-sha256"
	};
	require("the corpus, as token ids,", opened.corpusSha256, ofCorpus);
	if (candidates.length === 0) return;
	for (const candidate of opened.candidates) {
		const sha256 = await artifactOf(candidate)?.sha256();
		require(`the candidate ${candidate.spec}`, sha256 ?? null, {
			digests: candidates,
			input: "expect-candidate-sha256"
		});
	}
}
// src/compression/prune.ts
/**
* @file Magnitude pruning: the given fraction of a tensor's smallest weights becomes zero (arXiv 2606.03002).
*
* k = ⌊sparsity · n⌋, the product in float64. Ties at the threshold are common in 16-bit formats; the lower row-major
* index goes first. Nothing is sorted: magnitudes of float32 order as their bit patterns do, so two counting passes
* (upper 16 bits, then the lower 15 within one bucket) find the threshold exactly, in 512 KiB beside the weights.
*/
const MAGNITUDE = 2147483647;
const LOW_BITS = 15;
const LOW_MASK = 32767;
const BUCKETS = 65536;
/** How many of n weights are zeroed. */
function prunedCount(count, sparsity) {
	return Math.floor(sparsity * count);
}
/** The same with all that is tied with the largest of those: more than prunedCount may go. */
function pruneWithTies(weight, sparsity) {
	const pruned = weight.slice();
	const zeros = prunedCount(weight.length, sparsity);
	if (zeros === 0) return pruned;
	const bits = new Uint32Array(pruned.buffer, pruned.byteOffset, pruned.length);
	zeroUpTo(bits, findThreshold(bits, zeros).threshold, Number.POSITIVE_INFINITY);
	return pruned;
}
/** A copy of the weight with its prunedCount smallest magnitudes set to 0. NaN counts as larger than any number. */
function pruneMagnitude(weight, sparsity) {
	const pruned = weight.slice();
	const zeros = prunedCount(weight.length, sparsity);
	if (zeros === 0) return pruned;
	const bits = new Uint32Array(pruned.buffer, pruned.byteOffset, pruned.length);
	const { threshold, below } = findThreshold(bits, zeros);
	zeroUpTo(bits, threshold, zeros - below);
	return pruned;
}
function findThreshold(bits, zeros) {
	const high = new Uint32Array(BUCKETS);
	for (let i = 0; i < bits.length; i++) high[(bits[i] & MAGNITUDE) >>> LOW_BITS]++;
	const bucket = bucketOf(high, zeros);
	const low = /* @__PURE__ */ new Uint32Array(32768);
	for (let i = 0; i < bits.length; i++) {
		const magnitude = bits[i] & MAGNITUDE;
		if (magnitude >>> LOW_BITS === bucket.index) low[magnitude & LOW_MASK]++;
	}
	const exact = bucketOf(low, zeros - bucket.before);
	return {
		threshold: bucket.index * 2 ** LOW_BITS + exact.index,
		below: bucket.before + exact.before
	};
}
/** The bucket that holds the `rank`-th smallest (1-based), and how many lie in the buckets before it. */
function bucketOf(counts, rank) {
	let index = 0;
	let before = 0;
	while (before + counts[index] < rank) before += counts[index++];
	return {
		index,
		before
	};
}
/** Zero everything below the threshold, and the first `ties` weights that equal it. */
function zeroUpTo(bits, threshold, ties) {
	let left = ties;
	for (let i = 0; i < bits.length; i++) {
		const magnitude = bits[i] & MAGNITUDE;
		if (magnitude > threshold) continue;
		if (magnitude < threshold || left-- > 0) bits[i] = 0;
	}
}
// src/compression/shared-scales.ts
/**
* w′ in float32. scale = max|w| / qmax, 1 where that is 0; q = round-half-even(w / scale), clamped to [−qmax − 1, qmax]; w′ = q · scale. In
* bfloat16 w, scale, quotient and product are each rounded to it, and the quotient may then pass qmax by one below zero.
*/
function roundShared(weight, { out, in: inputs, period }, { bits, arithmetic }) {
	const qmax = 2 ** (bits - 1) - 1;
	const isExact = arithmetic === void 0;
	const w = isExact ? weight : weight.map(toBfloat16);
	const scales = new Float64Array(period);
	for (let channel = 0; channel < out; channel++) {
		let largest = scales[channel % period];
		for (let i = channel * inputs; i < (channel + 1) * inputs; i++) {
			const magnitude = Math.abs(w[i]);
			if (magnitude > largest) largest = magnitude;
		}
		scales[channel % period] = largest;
	}
	for (let p = 0; p < period; p++) scales[p] = (isExact ? scales[p] / qmax : toBfloat16(scales[p] / qmax)) || 1;
	const rounded = new Float32Array(w.length);
	for (let channel = 0; channel < out; channel++) {
		const scale = scales[channel % period];
		for (let i = channel * inputs; i < (channel + 1) * inputs; i++) {
			const q = halfToEven(isExact ? w[i] / scale : toBfloat16(w[i] / scale));
			const product = Math.max(-qmax - 1, Math.min(qmax, q)) * scale;
			rounded[i] = isExact ? product : toBfloat16(product);
		}
	}
	return rounded;
}
/** Exact for |x| < 2^51: no room is left for a fraction, and the processor's own rounding decides. */
const halfToEven = (x) => x + 1.5 * 2 ** 52 - 1.5 * 2 ** 52;
const float = /* @__PURE__ */ new Float32Array(1);
const word = new Uint32Array(float.buffer);
/** To the nearest bfloat16, ties to even, by way of float32, in which PyTorch computes. */
function toBfloat16(x) {
	float[0] = x;
	const bits = word[0];
	word[0] = bits + 32767 + (bits >>> 16 & 1) & 4294901760;
	return float[0];
}
// src/compression/round-to-nearest.ts
/**
* @file Symmetric round-to-nearest, one scale per output channel (or per group of inputs within a channel).
*
* scale = max|w| / qmax with qmax = 2^(bits−1) − 1, q = round-half-even(w / scale) clamped to [−qmax − 1, qmax],
* w′ = q · scale (arXiv 2606.03002, compression operators; elsewhere called absmax quantization).
* All arithmetic is float64 and scales are never rounded; only the product is, once, to float32. Weights must be
* finite: a NaN or an infinity comes out as NaN, which the reader of the compressed table refuses.
*/
/**
* w′, the weight as it comes back from `bits`-bit integers. Layout as given; the input is left alone.
*
* A group that does not divide the inputs leaves a shorter last group with a scale of its own: refusing would make a
* spec depend on every width in the model, and padding with zeros gives the same numbers.
*/
function roundToNearest(weight, channels, rounding) {
	const rows = channelRows(weight, channels);
	if (rounding.arithmetic !== void 0) return storedLayout(roundShared(rows, {
		out: channels.out,
		in: channels.in,
		period: channels.out
	}, rounding), channels);
	const rounded = new Float32Array(rows.length);
	for (const run of runs(rows, channels, rounding)) if (run.scale > 0) dequantizeRun(rows, rounded, run);
	return storedLayout(rounded, channels);
}
/** w′ − float32(w′): what the last rounding took. Its own rounding leaves w′ with 48 bits. Layout as given. */
function roundingRemainder(weight, channels, rounding) {
	const rows = channelRows(weight, channels);
	const remainder = new Float32Array(rows.length);
	for (const { start, end, scale } of runs(rows, channels, rounding)) {
		if (scale === 0) continue;
		for (let i = start; i < end; i++) {
			const exact = nearestInteger(rows[i] / scale) * scale;
			remainder[i] = exact - Math.fround(exact);
		}
	}
	return storedLayout(remainder, channels);
}
/** Scales that one output channel needs. */
function groupsPerChannel(inputs, group) {
	return group === null ? 1 : Math.ceil(inputs / group);
}
/** (out, in) whatever the layout. Columns are transposed once: walking them in place is five times slower. */
function channelRows(weight, channels) {
	if (channels.layout === "out-in") return weight;
	return transpose(weight, channels.in, channels.out, new Float32Array(weight.length));
}
/** (out, in) back in the layout it came from. */
function storedLayout(rows, channels) {
	if (channels.layout === "out-in") return rows;
	return transpose(rows, channels.out, channels.in, new Float32Array(rows.length));
}
/** Side of the squares that `transpose` moves: both of them stay in the first-level cache. */
const TILE = 32;
/** (height, width) → (width, height) */
function transpose(from, height, width, to) {
	for (let top = 0; top < height; top += TILE) {
		const bottom = Math.min(top + TILE, height);
		for (let left = 0; left < width; left += TILE) {
			const right = Math.min(left + TILE, width);
			for (let x = left; x < right; x++) for (let y = top; y < bottom; y++) to[x * height + y] = from[y * width + x];
		}
	}
	return to;
}
/** Every run of (out, in), channel by channel and group by group within a channel. */
function* runs(rows, channels, rounding) {
	const qmax = 2 ** (rounding.bits - 1) - 1;
	const size = rounding.group ?? channels.in;
	for (let channel = 0; channel < channels.out; channel++) {
		const channelEnd = (channel + 1) * channels.in;
		for (let start = channel * channels.in; start < channelEnd; start += size) {
			const end = Math.min(start + size, channelEnd);
			yield {
				start,
				end,
				scale: largestMagnitude(rows, start, end) / qmax
			};
		}
	}
}
function largestMagnitude(rows, start, end) {
	let largest = 0;
	for (let i = start; i < end; i++) {
		const magnitude = Math.abs(rows[i]);
		if (magnitude > largest) largest = magnitude;
	}
	return largest;
}
/**
* Adding and subtracting 1.5 · 2^52 leaves no room for a fraction, so the processor's own round-half-to-even decides:
* exact for |x| < 2^51. Here |x| ≤ qmax · (1 + 2^−52), which is also why the definition's clamp can never bind.
*/
const ROUND_HALF_EVEN = 1.5 * 2 ** 52;
const nearestInteger = (x) => x + ROUND_HALF_EVEN - ROUND_HALF_EVEN;
function dequantizeRun(rows, rounded, { start, end, scale }) {
	for (let i = start; i < end; i++) rounded[i] = nearestInteger(rows[i] / scale) * scale;
}
/** As it comes back from its compressed form, float32. Errors: COMPRESSION_SHAPE_MISMATCH. */
function compressTensor(target, tensor, how) {
	const weight = matrixOf(target, tensor);
	const data = how.method === "rtn" ? roundToNearest(weight, target.channels, how) : pruneMagnitude(weight, how.sparsity);
	return {
		type: "float32",
		shape: tensor.shape,
		data
	};
}
/** What float32 takes from the rounded values: with it they add up to what the rounding says. */
function remainderOf(target, tensor, rounding) {
	if (rounding.method === "prune" || rounding.arithmetic !== void 0) return null;
	const data = roundingRemainder(matrixOf(target, tensor), target.channels, rounding);
	return {
		type: "float32",
		shape: tensor.shape,
		data
	};
}
/** Scales that a rounded matrix needs. */
function scaleCount(channels, group) {
	return channels.scales ?? channels.out * groupsPerChannel(channels.in, group);
}
/** Bytes: integers and scales of a rounded matrix; of a pruned one those of `dense`, since what zeros save depends on the format. */
function compressedBytes(channels, dense, how) {
	if (how.method === "prune") return dense.byteLength;
	const bits = how.bits * channels.out * channels.in + 16 * scaleCount(channels, how.group);
	return Math.ceil(bits / 8);
}
/** Weights, their shape checked. Errors: COMPRESSION_SHAPE_MISMATCH. */
function matrixOf({ name, channels }, tensor) {
	const expected = channels.layout === "out-in" ? [channels.out, channels.in] : [channels.in, channels.out];
	if (tensor.shape.length !== 2 || tensor.shape[0] !== expected[0] || tensor.shape[1] !== expected[1]) throw compressionShapeMismatch(name, tensor.shape, expected);
	return toFloat32(tensor);
}
// src/compression/plan-table.ts
/** The tensors of a plan. Closing it closes no store. Errors on read: COMPRESSION_SHAPE_MISMATCH, the stores' own. */
function planTensors(plan) {
	return {
		entries: new Map([...plan.sources].map(([name, source]) => [name, entryOf(name, source)])),
		read: async (name) => await read(name, sourceOf(plan, name)),
		rowsOf: (name) => {
			const source = sourceOf(plan, name);
			return source.kind === "stored" ? source.store.table.rowsOf?.(source.tensor) ?? null : null;
		},
		close: async () => {}
	};
}
/**
* What float32 took from rounded tensors, for runs in float64: these and the plan's tensors add up to what the plan says. It holds
* rounded tensors only. Null: nothing was taken.
*/
function planRemainder(plan) {
	const rounded = [...plan.sources].filter(([, source]) => isRounded(source));
	if (rounded.length === 0) return null;
	return {
		entries: new Map(rounded.map(([name, source]) => [name, entryOf(name, source)])),
		read: async (name) => {
			const source = sourceOf(plan, name);
			if (!isRounded(source)) throw new RangeError(`${name} has no remainder`);
			const { of, channels, how } = source;
			const remainder = remainderOf({
				name,
				channels
			}, await read(name, of), how);
			if (remainder === null) throw new RangeError(`${name} has no remainder`);
			return remainder;
		},
		close: async () => {}
	};
}
function isRounded(source) {
	return source.kind === "compressed" && source.how.method === "rtn" && source.how.arithmetic === void 0;
}
function sourceOf(plan, name) {
	const source = plan.sources.get(name);
	if (source === void 0) throw new RangeError(`the plan has no ${name}`);
	return source;
}
async function read(name, source) {
	switch (source.kind) {
		case "stored": return await source.store.table.read(source.tensor);
		case "compressed": return compressTensor({
			name,
			channels: source.channels
		}, await read(name, source.of), source.how);
		case "joint": {
			const inputs = [];
			for (const of of source.of) inputs.push(await read(name, of));
			return {
				type: "float32",
				shape: source.shape,
				data: source.make(inputs)
			};
		}
	}
}
function entryOf(name, source) {
	switch (source.kind) {
		case "stored": {
			const entry = source.store.table.entries.get(source.tensor);
			if (entry === void 0) throw new RangeError(`${source.store.name} has no ${source.tensor}`);
			return {
				...entry,
				name
			};
		}
		case "compressed": {
			const dense = entryOf(name, source.of);
			const { channels, how } = source;
			return {
				...dense,
				storedAs: compressionText(how),
				byteLength: compressedBytes(channels, dense, how)
			};
		}
		case "joint": {
			const { shape, stored } = source;
			return {
				name,
				shape,
				storedAs: "F32",
				byteLength: 4 * shape.reduce((product, size) => product * size, 1),
				...stored
			};
		}
	}
}
// src/audit/subjects/model.ts
/** @file A model as the audit knows it before anything of it is loaded: described and checked, its tensors not yet read. */
/** Describe a checkpoint and check every tensor the decoder needs. `length`: longest sequence that will be run. */
function describeModel(checkpoint, length, activations) {
	const decoder = decoderOf(checkpoint, length);
	const plan = storedPlan({
		name: checkpoint.spec,
		table: checkpoint.tensors
	});
	return {
		name: checkpoint.spec,
		decoder,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: checkpoint.packed === null && checkpoint.gguf === null ? null : localPlace(checkpoint),
		activations: activations === "simulate" ? activationsByWeight(checkpoint) : /* @__PURE__ */ new Map(),
		basis: null,
		warnings: decoder.warnings
	};
}
/**
* The path by which another thread can open the same checkpoint; null where a path alone does not say which files are
* meant: parts of a split GGUF, files of the Hub. Those are decoded in place.
*/
function localPlace({ files, gguf, revision }) {
	if (revision !== null) return null;
	const sightings = files.sightings ?? /* @__PURE__ */ new Map();
	if (gguf !== null) {
		const path = files.names.length === 1 ? files.localPath(present(files.names[0])) : null;
		return path === null ? null : {
			path,
			sightings
		};
	}
	const config = files.localPath("config.json");
	return config === null ? null : {
		path: dirname(config),
		sightings
	};
}
// src/compression/describe.ts
/**
* What report.json says of the compression. `bits` is the mean stored size of a compressed weight: the integers' bits
* and a scale of 16 bits per channel or group (rtn:4,group=128 → 4.125); null for pruning, whose size depends on the format.
*/
function describeCompression(how, targets) {
	const sides = [...targets.values()];
	const parameters = sides.reduce((sum, side) => sum + side.out * side.in, 0);
	const counted = {
		tensors: sides.length,
		parameters,
		...how.layout === void 0 ? {} : { layout: how.layout },
		...how.method === "prune" || how.arithmetic === void 0 ? {} : { arithmetic: how.arithmetic }
	};
	if (how.method === "prune") return {
		method: "prune",
		bits: null,
		sparsity: how.sparsity,
		...counted
	};
	const scales = sides.reduce((sum, side) => sum + scaleCount(side, how.group), 0);
	const bits = parameters === 0 ? how.bits : how.bits + 16 * scales / parameters;
	if (how.group === null) return {
		method: "rtn",
		bits,
		...counted
	};
	return {
		method: "rtn",
		bits,
		groupSize: how.group,
		...counted
	};
}
// src/models/lens/folded.ts
/** W · diag(gain): the norm's gain moved into what reads it. */
function withGain({ out, in: inputs, data }, gain) {
	const folded = new Float64Array(data.length);
	for (let row = 0, at = 0; row < out; row++) for (let i = 0; i < inputs; i++, at++) folded[at] = data[at] * gain[i];
	return {
		out,
		in: inputs,
		data: folded
	};
}
/** Each row less its mean: what a norm gives has mean 0, so that nothing changes. */
function centredRows({ out, in: inputs, data }) {
	const centred = new Float64Array(data.length);
	for (let row = 0; row < out; row++) {
		const [start, end] = [row * inputs, (row + 1) * inputs];
		let sum = 0;
		for (let at = start; at < end; at++) sum += data[at];
		const mean = sum / inputs;
		for (let at = start; at < end; at++) centred[at] = data[at] - mean;
	}
	return {
		out,
		in: inputs,
		data: centred
	};
}
/** Each column less its mean: what is written to the residual stream then has mean 0, which norms take off anyway. */
function centredColumns({ out, in: inputs, data }) {
	const means = new Float64Array(inputs);
	for (let row = 0, at = 0; row < out; row++) for (let i = 0; i < inputs; i++, at++) means[i] += data[at];
	for (let i = 0; i < inputs; i++) means[i] /= out;
	const centred = new Float64Array(data.length);
	for (let row = 0, at = 0; row < out; row++) for (let i = 0; i < inputs; i++, at++) centred[at] = data[at] - means[i];
	return {
		out,
		in: inputs,
		data: centred
	};
}
/** W · x */
function product({ out, in: inputs, data }, x) {
	return Float64Array.from({ length: out }, (_, row) => {
		let sum = 0;
		for (let i = 0; i < inputs; i++) sum += data[row * inputs + i] * x[i];
		return sum;
	});
}
function added(a, b) {
	return a.map((value, i) => value + b[i]);
}
function centredVector(x) {
	const mean = x.reduce((sum, value) => sum + value, 0) / x.length;
	return x.map((value) => value - mean);
}
// src/models/lens/lens-form.ts
/**
* @file A decoder in the form in which TransformerLens holds it, as a plan over the reference's tensors: what compression with
* `layout=transformerlens` works on. The function stays what it was.
*
* LayerNorm models, as from_pretrained leaves them: gains and biases of norms folded into the matrices that read them, reading
* matrices centred over d_model, those that write to the residual stream (W_O, W_out, embeddings, positions) centred too, biases of
* values moved behind the attention. RMS models as they are (from_pretrained_no_processing). q, k and v are tensors of their own.
* Left out: centring of the unembedding over the vocabulary, which changes no probability.
*/
/** `how` null: nothing is rounded. */
function lensForm(name, decoder, base, how) {
	const form = new FormBuilder(base, how);
	const isCentred = decoder.spec.norm.kind === "layer";
	const blocks = decoder.weights.blocks.map((block, layer) => {
		const place = {
			layer,
			spec: decoder.spec.blocks[layer]
		};
		return isCentred ? foldedBlock(form, block, place) : plainBlock(form, block, place);
	});
	const weights = isCentred ? foldedEnds(form, decoder.weights, blocks) : {
		...decoder.weights,
		blocks
	};
	return {
		decoder: {
			...decoder,
			weights
		},
		plan: {
			name,
			sources: form.sourcesOf(weights)
		},
		targets: form.targets,
		isCentred
	};
}
const LENS_NAMES = {
	q: "attn.W_Q",
	k: "attn.W_K",
	v: "attn.W_V",
	o: "attn.W_O",
	gate: "mlp.W_gate",
	up: "mlp.W_in",
	down: "mlp.W_out"
};
const nameOf = (layer, part) => `transformerlens.blocks.${layer}.${part}`;
/** q, k and v of all heads share a scale per position inside a head; else each output channel has its own. */
function periodOf(role, out, { attention }) {
	return role === "q" || role === "k" || role === "v" ? attention.headSize : out;
}
/** Only the targets are tensors of their own. */
function plainBlock(form, block, { layer, spec }) {
	const target = (role, linear) => linear === null ? linear : {
		...linear,
		weight: form.target(nameOf(layer, LENS_NAMES[role]), linear.weight, {
			role,
			spec
		}, (w) => w)
	};
	return {
		...block,
		...Object.fromEntries(TARGET_ROLES.map((role) => [role, target(role, block[role])]))
	};
}
function foldedBlock(form, block, { layer, spec }) {
	const name = (part) => nameOf(layer, part);
	const reading = (role, linear, norm) => ({
		weight: form.target(name(LENS_NAMES[role]), linear.weight, {
			role,
			spec
		}, (w, [gain]) => norm === null ? w : centredRows(gain === void 0 ? w : withGain(w, gain)), norm === null ? [] : gainsOf(norm)),
		bias: form.readingBias(name(LENS_NAMES[role].replace("W_", "b_")), linear, norm)
	});
	const writing = (role, linear) => form.target(name(LENS_NAMES[role]), linear.weight, {
		role,
		spec
	}, centredColumns);
	return {
		...block,
		preAttention: form.plainNorm(name("ln1"), block.preAttention),
		q: reading("q", block.q, block.preAttention),
		k: reading("k", block.k, block.preAttention),
		v: {
			weight: reading("v", block.v, block.preAttention).weight,
			bias: null
		},
		o: {
			weight: writing("o", block.o),
			bias: form.outputBias(name("attn.b_O"), block, spec)
		},
		preMlp: form.plainNorm(name("ln2"), block.preMlp),
		gate: block.gate && reading("gate", block.gate, block.preMlp),
		up: reading("up", block.up, block.preMlp),
		down: {
			weight: writing("down", block.down),
			bias: form.centredBias(name("mlp.b_out"), block.down.bias)
		}
	};
}
/** Embeddings, positions, final norm and unembedding. */
function foldedEnds(form, weights, blocks) {
	const { embedding, positions, finalNorm, unembedding } = weights;
	const prefix = "transformerlens.";
	return {
		embedding: form.matrixOf(`${prefix}embed.W_E`, embedding, [], centredRows),
		positions: positions && form.matrixOf(`${prefix}pos_embed.W_pos`, positions, [], centredRows),
		blocks,
		finalNorm: form.plainNorm(`${prefix}ln_final`, finalNorm) ?? finalNorm,
		unembedding: {
			weight: form.matrixOf(`${prefix}unembed.W_U`, unembedding.weight, gainsOf(finalNorm), (w, [gain]) => centredRows(gain === void 0 ? w : withGain(w, gain))),
			bias: form.readingBias(`${prefix}unembed.b_U`, unembedding, finalNorm)
		}
	};
}
/** None, or one. */
function gainsOf({ gain }) {
	return gain === null ? [] : [gain];
}
/** Collects the tensors that are made. */
var FormBuilder = class {
	targets = /* @__PURE__ */ new Map();
	#made = /* @__PURE__ */ new Map();
	#base;
	#how;
	constructor(base, how) {
		this.#base = base;
		this.#how = how;
	}
	/** A matrix made of a stored one and vectors beside it. */
	matrixOf(name, weight, others, make) {
		const { out, in: inputs } = sidesOf(weight);
		this.#add(name, [out, inputs], [weight, ...others], ([w, ...rest]) => new Float32Array(make(matrixFrom(w, out), rest).data));
		return matrix(name, out, inputs);
	}
	/** The same of a matrix that is compressed. */
	target(name, weight, { role, spec }, make, others = []) {
		const how = this.#how;
		const { out, in: inputs } = sidesOf(weight);
		const period = periodOf(role, out, spec);
		const channels = {
			out,
			in: inputs,
			layout: "out-in",
			scales: period
		};
		this.targets.set(name, channels);
		const made = this.matrixOf(name, weight, others, make);
		if (how === null) return made;
		const byteLength = compressedBytes(channels, { byteLength: 4 * out * inputs }, how);
		const text = compressionText(how);
		this.#add(name, [out, inputs], [weight, ...others], ([w, ...rest]) => {
			const { data } = make(matrixFrom(w, out), rest);
			return how.method === "prune" ? pruneWithTies(new Float32Array(data), how.sparsity) : roundShared(data, {
				out,
				in: inputs,
				period
			}, how);
		}, {
			text,
			stored: {
				storedAs: text,
				byteLength
			}
		});
		return made;
	}
	/** b + W β: the norm's bias as what reads it sees it. Null: there is neither. */
	readingBias(name, { weight, bias }, norm) {
		const beta = norm?.bias ?? null;
		if (beta === null) return bias;
		const { out } = sidesOf(weight);
		return this.#vector(name, out, [
			weight,
			beta,
			...bias === null ? [] : [bias]
		], ([w, b, own]) => {
			const seen = product(matrixFrom(w, out), b);
			return own === void 0 ? seen : added(seen, own);
		});
	}
	/** What values' biases come to behind the attention, whose weights add up to 1, and the output's own, centred. */
	outputBias(name, { v, o, preAttention }, { attention }) {
		const beta = preAttention?.bias ?? null;
		const [d_model, ofValues] = [sidesOf(o.weight).out, sidesOf(v.weight).out];
		const others = [...beta === null ? [] : [beta], ...v.bias === null ? [] : [v.bias]];
		if (others.length === 0) return this.centredBias(name, o.bias);
		const refs = [
			o.weight,
			v.weight,
			...others,
			...o.bias === null ? [] : [o.bias]
		];
		return this.#vector(name, d_model, refs, (values) => {
			const [wO, wV, ...rest] = values;
			let bias = new Float64Array(ofValues);
			if (beta !== null) bias = product(matrixFrom(wV, ofValues), rest.shift());
			if (v.bias !== null) bias = added(bias, rest.shift());
			const written = product(matrixFrom(wO, d_model), perHead(bias, attention));
			const [own] = rest;
			return centredVector(own === void 0 ? written : added(written, own));
		});
	}
	centredBias(name, bias) {
		if (bias === null) return null;
		return this.#vector(name, sidesOf(bias).out, [bias], ([b]) => centredVector(b));
	}
	/** A norm of which gain and bias are folded away. */
	plainNorm(name, norm) {
		if (norm === null) return null;
		const filled = (part, ref, value) => this.#vector(`${name}.${part}`, sidesOf(ref).out, [ref], ([stored]) => stored.map(() => value));
		return {
			gain: norm.gain && filled("w", norm.gain, 1),
			bias: norm.bias && filled("b", norm.bias, 0)
		};
	}
	/** The sources of all that the weights name: tensors that were made, and those that stay the reference's. */
	sourcesOf(weights) {
		const { weight, bias } = weights.unembedding;
		const refs = [
			...allRefs(weights),
			weight,
			...bias === null ? [] : [bias]
		];
		return new Map(refs.map(({ tensor }) => [tensor, this.#made.get(tensor) ?? this.#stored(tensor)]));
	}
	#vector(name, size, refs, make) {
		this.#add(name, [size], refs, (values) => new Float32Array(make(values)));
		return vector(name, size);
	}
	#add(name, shape, refs, make, { text = "", ...stored } = {}) {
		this.#made.set(name, {
			kind: "joint",
			text: `${name} ${text} ${JSON.stringify(refs)}`,
			of: refs.map(({ tensor }) => this.#stored(tensor)),
			shape,
			make: (inputs) => make(inputs.map((input, i) => new Float64Array(asFloat32(cut(input, refs[i]))))),
			...stored
		});
	}
	#stored(tensor) {
		const source = this.#base.sources.get(tensor);
		if (source === void 0) throw new RangeError(`${this.#base.name} has no ${tensor}`);
		return source;
	}
};
/** Of the part that `ref` takes; a vector has one input. */
function sidesOf({ storedShape, layout, channels }) {
	const [rows = 1, columns = 1] = storedShape;
	const [all, inputs] = layout === "out-in" ? [rows, columns] : [columns, rows];
	return {
		out: channels === null ? all : channels.reduce((sum, [start, end]) => sum + end - start, 0),
		in: inputs
	};
}
function matrixFrom(data, out) {
	return {
		out,
		in: data.length / out,
		data
	};
}
/** (kv head, head size) → (head, head size): each key/value head as often as query heads share it. */
function perHead(values, { heads, kvHeads, headSize }) {
	const share = heads / kvHeads;
	return Float64Array.from({ length: heads * headSize }, (_, i) => {
		return values[Math.floor(Math.floor(i / headSize) / share) * headSize + i % headSize];
	});
}
// src/audit/subjects/same-rotary.ts
/** `same`: are two numbers equal, within what the formats keep of them? */
function rotaryDifferences(found, expected, same) {
	if (found === null || expected === null) {
		if (found === expected) return [];
		return [{
			what: "rotary embedding",
			found: found && "present",
			expected: expected && "present"
		}];
	}
	if (found.size !== expected.size) return [{
		what: "number of rotated dimensions",
		found: found.size,
		expected: expected.size
	}];
	const differences = [];
	if (found.pairing !== expected.pairing) differences.push({
		what: "pairing of rotated dimensions",
		found: found.pairing,
		expected: expected.pairing
	});
	if (!same(found.amplitude, expected.amplitude)) differences.push({
		what: "rotary amplitude",
		found: found.amplitude,
		expected: expected.amplitude
	});
	return [...differences, ...angleDifferences(found, expected, same)];
}
function angleDifferences(found, expected, same) {
	const other = found.inverseFrequency.flatMap((angle, pair) => same(angle, present(expected.inverseFrequency[pair])) ? [] : [pair]);
	const [first] = other;
	if (first === void 0) return [];
	const [a, b] = [plainForm(found, same), plainForm(expected, same)];
	if (a !== null && b !== null) {
		const differences = [{
			what: "rotary base",
			found: a.base,
			expected: b.base
		}, {
			what: "rotary scaling factor",
			found: a.factor,
			expected: b.factor
		}].filter((difference) => !same(difference.found, difference.expected));
		if (differences.length > 0) return differences;
	}
	return [{
		what: `rotary angle of pair ${first} (of ${other.length} pairs that turn otherwise)`,
		found: shown(present(found.inverseFrequency[first])),
		expected: shown(present(expected.inverseFrequency[first]))
	}];
}
/** Base and factor, where all angles follow from them; null: they do not, or one pair is too few to tell. */
function plainForm({ size, inverseFrequency }, same) {
	const [first = 0] = inverseFrequency;
	const last = inverseFrequency.length - 1;
	if (last < 1) return null;
	const base = (first / present(inverseFrequency[last])) ** (size / (2 * last));
	return inverseFrequency.every((angle, pair) => same(angle, first * base ** (-2 * pair / size))) ? {
		base: shown(base),
		factor: shown(1 / first)
	} : null;
}
/** To six digits: what a config says, without the rounding of our way back to it. */
const shown = (value) => Number(value.toPrecision(6));
// src/audit/subjects/same-model.ts
/**
* @file Is a candidate a version of the reference? Blocks and width must agree, or features cannot be compared. The
* family may have another name where the computation is the same (GGUF files call Mistral a llama). Smaller differences
* belong to the artifact and are only told: another rope base, window or epsilon is run as the candidate says it.
*
* Vocabularies may differ in padding: rows beyond the smaller one are left out of both models' losses, provided that no
* token of the corpus lies there.
*/
/** float32 metadata (GGUF) of a number that config.json holds in decimal differs by less. */
const RELATIVE_TOLERANCE = 1e-5;
/**
* Warnings about what differs. `length`: longest sequence that is run; a window that covers it is no window.
* Errors: MODELS_DIFFER.
*/
function compareModels(reference, candidate, name, length) {
	const [ours, theirs] = [reference.spec, candidate.spec];
	const required = [[
		"number of blocks",
		theirs.blocks.length,
		ours.blocks.length
	], [
		"width",
		theirs.d_model,
		ours.d_model
	]];
	for (const [what, found, expected] of required) if (found !== expected) throw modelsDiffer(name, what, found, expected);
	if (ours.family !== theirs.family && structure(reference) !== structure(candidate)) throw modelsDiffer(name, "family", theirs.family, ours.family);
	return [...vocabularyWarning(reference, candidate), ...numberWarnings(reference, candidate, length)];
}
/** What the families that are built alike share, as one text. */
function structure({ spec, weights }) {
	const block = spec.blocks.map(({ layout, attention, mlp }) => {
		const { heads, kvHeads, headSize, qkNorm } = attention;
		return [
			layout,
			heads,
			kvHeads,
			headSize,
			qkNorm,
			mlp.gated,
			mlp.activation,
			mlp.size
		];
	});
	const norms = weights.blocks.map((w) => [
		w.preAttention,
		w.postAttention,
		w.preMlp,
		w.postMlp
	].map(Boolean));
	const factors = [
		spec.embeddingScale,
		spec.residualScale,
		spec.logitScale
	];
	return JSON.stringify([
		spec.norm.kind,
		spec.norm.gainOffset,
		...factors,
		block,
		norms
	]);
}
function vocabularyWarning({ spec: ours }, { spec: theirs }) {
	if (ours.n_vocab === theirs.n_vocab) return [];
	const common = Math.min(ours.n_vocab, theirs.n_vocab);
	return [`its vocabulary has ${theirs.n_vocab} rows, the reference's ${ours.n_vocab}; both are compared on the first ${common}, the rest is padding`];
}
function numberWarnings(reference, candidate, length) {
	const [ours, theirs] = [reference.spec, candidate.spec];
	const differences = /* @__PURE__ */ new Map();
	const compare = (what, found, expected) => {
		if (!same(found, expected)) differences.set(what, `${found ?? "none"} instead of ${expected ?? "none"}`);
	};
	compare("norm epsilon", theirs.norm.epsilon, ours.norm.epsilon);
	compare("embedding scale", theirs.embeddingScale, ours.embeddingScale);
	compare("residual scale", theirs.residualScale, ours.residualScale);
	compare("logit scale", theirs.logitScale, ours.logitScale);
	compare("logit soft-cap", theirs.logitSoftcap, ours.logitSoftcap);
	for (const [layer, block] of theirs.blocks.entries()) {
		const other = ours.blocks[layer];
		if (other !== void 0) compareBlocks(block, other, length, compare);
	}
	return [...differences].map(([what, how]) => `its config differs from the reference's: ${what} is ${how}; it was run with its own`);
}
function compareBlocks(candidate, reference, length, compare) {
	const [a, b] = [candidate.attention, reference.attention];
	const window = (w) => w === null || w >= length ? null : w;
	compare("attention scale", a.scale, b.scale);
	compare("attention soft-cap", a.softcap, b.softcap);
	compare("attention window", window(a.window), window(b.window));
	compare("activation function", candidate.mlp.activation, reference.mlp.activation);
	compare("MLP width", candidate.mlp.size, reference.mlp.size);
	for (const { what, found, expected } of rotaryDifferences(a.rotary, b.rotary, same)) compare(what, found, expected);
}
function same(a, b) {
	if (typeof a !== "number" || typeof b !== "number") return a === b;
	return Math.abs(a - b) <= RELATIVE_TOLERANCE * Math.max(Math.abs(a), Math.abs(b));
}
/** Every token that is run must be one of the candidate's. `name`: its spec. Errors: MODELS_DIFFER. */
function checkTokensKnown(name, known, ids) {
	const { reference, candidate } = known;
	if (candidate < reference && ids.some((id) => id >= candidate)) throw modelsDiffer(name, "vocabulary", candidate, reference);
}
// src/audit/subjects/open-candidates.ts
/** @file Candidate specs, opened: derived from the reference, or a checkpoint of its own. */
/**
* Open every candidate and check it against the reference, before anything is run. Errors: those of compression specs, of
* checkpoints, MODELS_DIFFER, those of basis.ts.
*/
async function openCandidates(opening, reference) {
	const candidates = [];
	const taken = /* @__PURE__ */ new Set();
	try {
		for (const spec of opening.config.candidates) {
			const how = parseCompression(spec);
			const named = {
				spec,
				name: uniqueName(spec, taken)
			};
			candidates.push(how === null ? await openArtifact(opening, reference, named) : derived(named, reference, how));
		}
	} catch (error) {
		await closeCandidates(candidates);
		throw error;
	}
	return candidates;
}
function derived(named, reference, how) {
	const { name, spec } = named;
	if (how.layout === "transformerlens") return derivedInLens(named, reference, how);
	const targets = projections(reference.decoder);
	const plan = compressedPlan(name, reference.plan, targets, how);
	const [tensors, remainder] = [planTensors(plan), planRemainder(plan)];
	return {
		kind: "derived",
		name,
		spec,
		model: {
			...reference,
			name,
			plan,
			tensors,
			remainder,
			unpackFrom: null,
			warnings: []
		},
		compression: describeCompression(how, targets),
		form: "as-stored"
	};
}
/** Errors: LAYOUT_OF_QUANTIZED. */
function derivedInLens({ name, spec }, reference, how) {
	if (reference.activations.size > 0) throw layoutOfQuantized(spec);
	const { decoder, plan, targets, isCentred } = lensForm(name, reference.decoder, reference.plan, how);
	const own = {
		name,
		decoder,
		plan,
		tensors: planTensors(plan),
		remainder: null,
		unpackFrom: null
	};
	return {
		kind: "derived",
		name,
		spec,
		model: {
			...reference,
			...own,
			warnings: []
		},
		compression: describeCompression(how, targets),
		form: isCentred ? "folded" : "as-stored"
	};
}
async function openArtifact(opening, reference, named) {
	const files = await opening.open(named.spec);
	try {
		const onnxFile = findOnnx(files);
		if (onnxFile === null) return await openWeights(opening, reference, named, files);
		return onnxCandidate(named, await openUserModel(files, onnxFile, opening.open), reference);
	} catch (error) {
		await files.close();
		throw error;
	}
}
async function openWeights({ config }, reference, { name, spec }, files) {
	const checkpoint = await openCheckpoint(spec, files);
	try {
		const length = longestSequence(config);
		const described = describeModel(checkpoint, length, config.activations);
		const differences = compareModels(reference.decoder, described.decoder, spec, length);
		const { basis, warnings } = await residualBasis(reference, described, checkpoint, config.unrotate);
		return {
			kind: "stored",
			name,
			spec,
			model: {
				...described,
				name,
				basis,
				warnings: [
					...described.warnings,
					...differences,
					...warnings
				]
			},
			checkpoint,
			compression: compressionOf(checkpoint, config.activations)
		};
	} catch (error) {
		await checkpoint.close();
		throw error;
	}
}
/** Null where the weights are stored as plain floats. */
function compressionOf(checkpoint, simulated) {
	const { packed, gguf } = checkpoint;
	if (gguf !== null) return {
		...gguf.describe,
		activations: null
	};
	if (packed === null) return null;
	const { bits, groupSize, tensors, parameters } = packed.describe;
	return {
		method: packed.method,
		bits,
		...groupSize === void 0 ? {} : { groupSize },
		tensors,
		parameters,
		activations: activationsInWords$1(checkpoint, simulated)
	};
}
/** File systems allow 255 bytes; a table's name carries the hook point and an ending too. */
const LONGEST_NAME = 100;
/** `rtn:6` → `rtn-6`, `./models/int6` → `int6`; numbered when taken, upper and lower case aside (some disks tell no difference). */
function uniqueName(spec, taken) {
	const safe = (spec.startsWith("rtn:") || spec.startsWith("prune:") ? spec : basename(spec.replace(/[\\/]+$/, ""))).replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[-.]+/, "").slice(0, LONGEST_NAME) || "candidate";
	let name = safe;
	for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${safe}-${n}`;
	taken.add(name.toLowerCase());
	return name;
}
// src/corpus/tokenizers/vocabulary.ts
/**
* @file Which token each id stands for, and whether two models agree on it where it matters: both read the reference's ids,
* so a candidate that numbers the same tokens otherwise would be run on another text.
*
* Tokens that only one of the two knows are no disagreement by themselves: GGUF files and Hugging Face spell a few of them
* differently, and reserved places get names later.
*/
/** The vocabulary of a tokenizer.json and its added tokens; null: there is none. Errors: those of reading JSON. */
async function readVocabulary(files) {
	const name = tokenizerFile(files);
	if (name === null) return null;
	return vocabularyOf(vocabularyEntries(await readJsonObject(files, name)));
}
/** Tokens in the order of their ids, as GGUF files list them. */
function listedVocabulary(tokens) {
	return vocabularyOf(tokens.map((token, id) => [token, id]));
}
function vocabularyOf(entries) {
	return {
		tokens: new Map(entries.map(([token, id]) => [id, token])),
		ids: new Map(entries)
	};
}
/** Of these ids, those that stand for tokens which the other model has under another id; null: none. */
function disagreement(ours, theirs, ids) {
	let first = null;
	let count = 0;
	for (const id of new Set(ids)) {
		const [token, other] = [ours.tokens.get(id), theirs.tokens.get(id)];
		if (token === void 0 || other === void 0 || token === other) continue;
		if (!theirs.ids.has(token) && !ours.ids.has(other)) continue;
		first ??= {
			id,
			ours: token,
			theirs: other
		};
		count++;
	}
	return first === null ? null : {
		...first,
		count
	};
}
// src/audit/subjects/same-tokens.ts
/** Errors: TOKENS_DIFFER for an id of the corpus that means another token to a candidate, those of reading JSON. */
async function compareTokens(opening, { checkpoint }, candidates, ids) {
	const artifacts = candidates.filter(({ kind }) => kind !== "derived");
	const ours = artifacts.length === 0 ? null : await referenceVocabulary(opening, checkpoint);
	if (ours === null) return;
	for (const candidate of artifacts) {
		const theirs = await vocabularyIn(candidate);
		const found = theirs === null ? null : disagreement(ours, theirs, ids);
		if (found !== null) throw tokensDiffer(candidate.spec, found);
	}
}
/** Of --tokenizer, else of the reference itself. */
async function referenceVocabulary({ config, open }, checkpoint) {
	if (config.tokenizer === null) return await checkpointVocabulary(checkpoint);
	const files = await open(config.tokenizer);
	try {
		return await readVocabulary(files);
	} finally {
		await files.close();
	}
}
async function vocabularyIn(candidate) {
	switch (candidate.kind) {
		case "derived": return null;
		case "stored": return await checkpointVocabulary(candidate.checkpoint);
		case "onnx": return await readVocabulary(candidate.user.files);
		default: return unknownKind(candidate);
	}
}
/** A GGUF file's own list counts over a tokenizer.json beside it: it is what the file is run with. */
async function checkpointVocabulary({ gguf, files }) {
	const listed = gguf?.tokens ?? null;
	return listed === null ? await readVocabulary(files) : listedVocabulary(listed);
}
// src/audit/open-subjects.ts
/** @file Everything that an audit measures, opened and checked before anything is run. */
/**
* Open the reference and everything beside it, check all of it, and give it to `use`; closed when that ends. Errors: the subjects'
* own, before anything is run; FILE_EXCHANGED, where what was measured changed meanwhile.
*/
async function withSubjects(config, host, use) {
	const ranged = /* @__PURE__ */ new Map();
	const openText = sourceOpener(process.env, host.onProgress, (file, areVerified) => {
		ranged.set(file, areVerified || ranged.get(file) === true);
	});
	const watch = fileWatch();
	const open = async (spec) => watch.watched(await openText(spec));
	const files = await open(config.reference);
	try {
		const checkpoint = await openCheckpoint(config.reference, files);
		try {
			const reference = {
				checkpoint,
				model: describeModel(checkpoint, longestSequence(config), config.activations)
			};
			return await withOthers({
				config,
				open,
				openText
			}, reference, host, async (subjects) => {
				const unverified = [...ranged].flatMap(([file, areVerified]) => areVerified ? [] : [file]);
				const result = await use(reference, {
					...subjects,
					unverified
				});
				await watch.requireUnchanged(linkedFiles(subjects.candidates));
				return result;
			});
		} finally {
			await checkpoint.close();
		}
	} finally {
		await files.close();
	}
}
/** The data of ONNX models, which staging.ts may give further names by links. */
function linkedFiles(candidates) {
	return new Set(candidates.flatMap((one) => one.kind === "onnx" ? one.user.data.map(({ path }) => path) : []));
}
async function withOthers(opening, reference, { baseline }, use) {
	const { config } = opening;
	const { model, checkpoint } = reference;
	const opened = await openReadouts(opening, model);
	try {
		const candidates = await openCandidates(opening, model);
		try {
			await refuseReference(reference, candidates);
			const tokens = await openTokens(opening, reference);
			const readouts = opened.map((readout) => ({
				...readout,
				positions: countedAt(readout.id, config.positions, readout.dictionary.untrained, tokens.sequences)
			}));
			const subjects = {
				reference: model,
				files: checkpoint.files,
				readouts,
				candidates,
				tokens
			};
			checkCandidates(config, subjects);
			await compareTokens(opening, reference, candidates, tokens.sequences.ids);
			const corpusSha256 = tokens.sequences.sha256;
			await requireExpected(config.expected ?? ANYTHING, {
				reference,
				readouts,
				candidates,
				corpusSha256
			});
			if (baseline !== null) requireComparable(comparable(config, subjects, await referenceOf(checkpoint)), baseline);
			return await use(subjects);
		} finally {
			await closeCandidates(candidates);
		}
	} finally {
		for (const readout of opened) await readout.close();
	}
}
/** What can only be checked once the tokens are known, before anything is run. */
function checkCandidates(config, { reference, readouts, candidates, tokens }) {
	for (const candidate of candidates) {
		for (const ids of [tokens.sequences.ids, tokens.sequences.stream]) {
			const known = {
				candidate: vocabularyOf$1(candidate),
				reference: reference.decoder.spec.n_vocab
			};
			checkTokensKnown(candidate.spec, known, ids);
		}
		if (candidate.kind === "derived" && candidate.form === "folded") checkFolded(candidate.spec, readouts);
		if (candidate.kind === "onnx") checkUserModel(candidate.user, hooksOf(readouts), reference, config);
	}
}
async function referenceOf(checkpoint) {
	return {
		sha256: await checkpoint.sha256(),
		files: await checkpoint.fileDigests()
	};
}
/** What the report will say of these, as far as a baseline has to agree with it. */
function comparable({ thresholds }, { readouts, tokens: { sequences, groupStarts } }, reference) {
	return {
		digests: "files-read",
		reference,
		corpus: {
			sha256: sequences.sha256,
			blockLength: sequences.blockLength,
			groups: groupStarts.length - 1,
			bos: sequences.bos,
			resampling: RESAMPLING_METHOD,
			...madeFrom(sequences)
		},
		readouts: readouts.map(({ id, dictionary, positions, center }) => ({
			id,
			sha256: dictionary.sha256,
			positions,
			center,
			thresholds
		}))
	};
}
// src/audit/machine/memory-room.ts
/**
* @file The memory that this process may still take: what the machine has available, and what the limits of its container leave,
* those of every group above it included (cgroup v2 and v1). Pages that the kernel would give back, the cache of files, count as free.
*/
const fromKernel = (path) => {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return null;
	}
};
/** `read` null: not Linux. */
function memoryRoom(read = process.platform === "linux" ? fromKernel : null) {
	if (read === null) return {
		bytes: process.platform === "win32" ? freemem() : .75 * totalmem(),
		limitedBy: "machine"
	};
	const machine = kilobytes(read("/proc/meminfo"), "MemAvailable") ?? freemem();
	const container = containerRoom(read);
	return container !== null && container < machine ? {
		bytes: Math.max(0, container),
		limitedBy: "container"
	} : {
		bytes: machine,
		limitedBy: "machine"
	};
}
function kilobytes(text, key) {
	const found = new RegExp(`^${key}:\\s+(\\d+) kB`, "m").exec(text ?? "")?.[1];
	return found === void 0 ? null : 1024 * Number(found);
}
/** The least that any group from this process's own up to the root leaves; null: no limit. */
function containerRoom(read) {
	const rooms = [];
	for (const line of (read("/proc/self/cgroup") ?? "").split("\n")) {
		const [id, controllers = "", path = ""] = line.split(":");
		const isV2 = id === "0" && controllers === "";
		if (!isV2 && !controllers.split(",").includes("memory")) continue;
		const root = isV2 ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
		for (const folder of upwards(path)) {
			const room = groupRoom(read, `${root}${folder}`, isV2);
			if (room !== null) rooms.push(room);
		}
	}
	return rooms.length === 0 ? null : Math.min(...rooms);
}
/** `/a/b` → `/a/b`, `/a`, and the root. */
function upwards(path) {
	const parts = path.split("/").filter((part) => part !== "" && part !== "..");
	return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).map((part) => `/${part}`).join(""));
}
/** What v1 writes for no limit is near 2⁶³. */
const NO_LIMIT = 2 ** 60;
function groupRoom(read, folder, isV2) {
	const [limitFile, usedFile] = isV2 ? ["memory.max", "memory.current"] : ["memory.limit_in_bytes", "memory.usage_in_bytes"];
	const limit = Number(read(`${folder}/${limitFile}`)?.trim() ?? "none");
	const used = Number(read(`${folder}/${usedFile}`)?.trim() ?? "none");
	if (!Number.isFinite(limit) || !Number.isFinite(used) || limit > NO_LIMIT) return null;
	const cache = new RegExp(`^${isV2 ? "" : "total_"}inactive_file (\\d+)$`, "m").exec(read(`${folder}/memory.stat`) ?? "")?.[1];
	return limit - used + Number(cache ?? 0);
}
// src/audit/plan/memory-plan.ts
/** Node, the engine and its code, before any weight (measured: 190 MB and what the collector has not returned). */
const PROGRAM_BYTES = 4e8;
/** Weights that are decoded and not yet taken over when a model is held whole: the parts it is loaded in. */
const LOADING_BYTES = 256e6;
/** Decide how weights are held and say what it comes to. */
function planMemory(sizes, machine, wanted) {
	const peakResident = peakOf(sizes, machine, {
		held: "resident",
		readsAhead: false
	});
	const peakStreamed = peakOf(sizes, machine, {
		held: "stream",
		readsAhead: false
	});
	const held = wanted === "auto" ? peakResident <= machine.available ? "resident" : "stream" : wanted;
	const ahead = peakOf(sizes, machine, {
		held: "stream",
		readsAhead: true
	});
	const readsAhead = held === "stream" && ahead <= machine.available;
	const peak = peakOf(sizes, machine, {
		held,
		readsAhead
	});
	const spilled = Math.max(0, rowBytes(sizes, held) - machine.rowBudget);
	const short = shortOf(peak, spilled, machine);
	const read = bytesRead(sizes);
	return {
		schema: "saegate/plan@1",
		fits: short === null,
		short,
		weights: {
			held,
			chosen: wanted === "auto" ? "auto" : "asked",
			ranges: held === "resident" ? 1 : (sizes.models[0]?.blocks.length ?? 0) + 1,
			rangeBytes: held === "resident" ? most(sizes.models, wholeBody) : most(sizes.models, largestRange),
			readsAhead
		},
		memory: {
			available: machine.available,
			limitedBy: machine.limitedBy,
			peak,
			peakResident,
			peakStreamed
		},
		held: parts(sizes, machine, held),
		reading: {
			bytes: read,
			bytesPerSecond: machine.bytesPerSecond,
			seconds: machine.bytesPerSecond === null ? null : read / machine.bytesPerSecond
		},
		temporary: {
			...machine.temporary,
			bytes: spilled
		}
	};
}
const total = (values) => values.reduce((sum, value) => sum + value, 0);
const most = (items, of) => Math.max(0, ...items.map(of));
const wholeBody = ({ blocks, embedding }) => total(blocks) + embedding;
const largestRange = ({ blocks, embedding }) => Math.max(embedding, ...blocks);
function rowBytes({ rows }, held) {
	return rows.perModel * rows.models + (held === "stream" ? rows.between : 0);
}
function peakOf(sizes, machine, holding) {
	const { models, userModels, saes, losses } = sizes;
	const encoders = total(saes.map(({ encoder }) => encoder));
	const rows = Math.min(machine.rowBudget, rowBytes(sizes, holding.held));
	const throughout = PROGRAM_BYTES + encoders + rows;
	const head = most(models, ({ unembeddingRange }) => 2 * unembeddingRange) + losses;
	const features = most(saes, ({ encoder }) => 2 * encoder);
	const users = most(userModels, ({ bytes }) => 2 * bytes) + (userModels.length === 0 ? 0 : 2 * most(models, ({ unembedding }) => unembedding));
	return throughout + Math.max(most(models, (model) => bodyPeak(model, sizes, machine, holding)), head, features, users);
}
/** While a range is loaded the buffers given to the engine and its copies are there together. */
function bodyPeak(model, { lanes }, { onDevice }, { held, readsAhead }) {
	const copies = onDevice ? 0 : lanes;
	const decoding = model.largestTensor;
	if (held === "resident") return copies * wholeBody(model) + LOADING_BYTES + decoding;
	const range = largestRange(model);
	return (Math.max(1, copies) + 1) * range + (readsAhead ? range : 0) + decoding;
}
function bytesRead({ models }) {
	return total(models.map(({ stored }) => stored));
}
function shortOf(peak, spilled, machine) {
	if (peak > machine.available) return {
		of: "memory",
		needed: peak,
		available: machine.available
	};
	const { free } = machine.temporary;
	return free !== null && spilled > free ? {
		of: "disk",
		needed: spilled,
		available: free
	} : null;
}
function parts(sizes, { rowBudget, onDevice }, held) {
	const { models, userModels, saes, rows } = sizes;
	const place = onDevice ? "device" : "memory";
	const ofModels = models.map((model) => {
		const count = model.blocks.length;
		return held === "resident" ? {
			what: `${model.name}: weights`,
			bytes: wholeBody(model),
			where: place,
			detail: `all ${count} blocks and the embedding`
		} : {
			what: `${model.name}: weights`,
			bytes: largestRange(model),
			where: place,
			detail: `one of ${count + 1} ranges at a time, ${count} blocks and the embedding`
		};
	});
	const unembeddings = models.filter(({ unembedding }) => unembedding > 0).map(({ name, unembedding, unembeddingRange }) => {
		const ranges = Math.ceil(unembedding / unembeddingRange);
		return {
			what: `${name}: unembedding`,
			bytes: unembeddingRange,
			where: place,
			detail: ranges === 1 ? "whole" : `one of ${ranges} ranges of the vocabulary at a time`
		};
	});
	const ofSaes = saes.map(({ id, encoder, tile }) => ({
		what: `SAE ${id}`,
		bytes: encoder,
		where: "memory",
		detail: `encodes ${tile} features at a time`
	}));
	const ofUsers = userModels.map(({ name, bytes }) => ({
		what: `${name}: ONNX model`,
		bytes,
		where: place
	}));
	const all = rowBytes(sizes, held);
	const inMemory = Math.min(all, rowBudget);
	const detail = `of ${rows.models} models${held === "stream" ? ", and the residual stream between ranges" : ""}`;
	const ofRows = [...inMemory > 0 ? [{
		what: "activations",
		bytes: inMemory,
		where: "memory",
		detail
	}] : [], ...all > inMemory ? [{
		what: "activations",
		bytes: all - inMemory,
		where: "temporary file",
		detail
	}] : []];
	return [
		...ofModels,
		...unembeddings,
		...ofUsers,
		...ofSaes,
		...ofRows
	];
}
// src/audit/plan/plan-audit.ts
/** @file The plan of an audit whose subjects are opened: their sizes, this machine, and what memory-plan.ts makes of both. */
/** Say what the audit will hold where; reads a few megabytes to learn how quick the disk is. */
async function planAudit(config, subjects, { device, nvidia }) {
	const room = memoryRoom();
	return planMemory(sizesOf(config, subjects, device, headRangeBytes(device, nvidia, room.bytes)), {
		available: room.bytes,
		limitedBy: room.limitedBy,
		rowBudget: config.memoryBytes,
		onDevice: device.kind !== "cpu",
		temporary: {
			folder: tmpdir(),
			free: await freeBytes(tmpdir())
		},
		bytesPerSecond: await readingRate(subjects.files)
	}, config.weights);
}
async function freeBytes(folder) {
	try {
		const { bavail, bsize } = await statfs(folder);
		return bavail * bsize;
	} catch {
		return null;
	}
}
/** Read to learn the rate; a file that is not several times as long says little. */
const SAMPLE_BYTES = 32e6;
/** Bytes per second of the largest weight file, from its middle; null: too small, or not on this machine. */
async function readingRate(files) {
	for (const name of files.names.filter((one) => /\.(safetensors|gguf)$/.test(one))) {
		if (files.localPath(name) === null) continue;
		const source = await files.open(name);
		try {
			if (source.byteLength < 4 * SAMPLE_BYTES) continue;
			const start = Math.floor(source.byteLength / 2);
			const begun = performance.now();
			await source.read(start, start + SAMPLE_BYTES);
			return SAMPLE_BYTES / ((performance.now() - begun) / 1e3);
		} finally {
			await source.close();
		}
	}
	return null;
}
function sizesOf(config, { reference, readouts, candidates, tokens }, device, headBytes) {
	const size = (model, name) => modelSize(config, {
		model,
		name,
		readouts,
		headBytes
	}, device);
	const own = size(reference, "reference");
	const compiled = candidates.flatMap((one) => one.kind === "onnx" ? [] : [one]);
	const models = [
		own,
		...config.nullCheck ? [{
			...own,
			name: "null check"
		}] : [],
		...compiled.map(({ kind, name, model }) => kind === "derived" ? {
			...own,
			name
		} : size(model, name))
	];
	const userModels = candidates.flatMap((one) => one.kind === "onnx" ? [{
		name: one.name,
		bytes: userBytes(one)
	}] : []);
	const together = 1 + Math.max(Math.min(4, compiled.length), Math.min(1, userModels.length));
	const scored = tokens.chunked.scored.rows.length;
	const operations = stageCost.body(reference.decoder, tokens.chunked.plan.rows, tokens.longest);
	const lanes = shareThreads(device, {
		weightBytes: bodyBytes(reference.decoder),
		operations
	});
	return {
		models,
		userModels,
		saes: readouts.map(({ id, dictionary: { d_in, d_sae } }) => ({
			id,
			encoder: 4 * d_in * d_sae,
			tile: Math.min(d_sae, runSize(lanes.device).featureTile)
		})),
		rows: rowsSize(config, {
			reference,
			readouts,
			tokens
		}, together),
		losses: wantsLosses(config) ? 8 * scored * (4 + 6 * (together - 1)) : 0,
		lanes: lanes.count
	};
}
function userBytes({ user }) {
	return [user.path, ...user.data.map(({ path }) => path)].reduce((sum, path) => sum + statSync(path).size, 0);
}
const elements = (shape) => shape.reduce((product, size) => product * size, 1);
function modelSize(config, { model, name, readouts, headBytes }, { kind, bodyType }) {
	const { decoder, tensors } = model;
	const { spec, weights } = decoder;
	const each = kind === "cpu" || bodyType === "float32" ? 4 : 2;
	const losses = wantsLosses(config);
	const hooks = hooksOf(readouts);
	const [, end] = blockRange(losses ? wholeBody$1(hooks) : bodyUpTo(hooks), decoder);
	const unembedding = losses ? each * spec.n_vocab * spec.d_model : 0;
	const embedding = tensors.entries.get(weights.embedding.tensor);
	const isHalf = embedding?.storedAs === "F16" || embedding?.storedAs === "BF16";
	const used = [...new Set(allRefs({
		...weights,
		blocks: weights.blocks.slice(0, end)
	}).map(({ tensor }) => tensor))].flatMap((tensor) => tensors.entries.get(tensor) ?? []);
	const head = losses ? tensors.entries.get(weights.unembedding.weight.tensor)?.byteLength ?? 0 : 0;
	const ofBlocks = used.filter(({ name: tensor }) => tensor !== weights.embedding.tensor);
	return {
		name,
		blocks: spec.blocks.slice(0, end).map((block) => blockBytes(block, spec.d_model) / 4 * each),
		embedding: elements(embedding?.shape ?? []) * (isHalf ? 2 : 4),
		largestTensor: Math.max(0, ...ofBlocks.map(({ shape }) => 4 * elements(shape))),
		unembedding,
		unembeddingRange: hasTiles(model) ? Math.min(unembedding, headBytes) : unembedding,
		stored: used.reduce((sum, { byteLength }) => sum + byteLength, head)
	};
}
function rowsSize(config, { reference: { decoder }, readouts, tokens }, models) {
	const { d_model } = decoder.spec;
	const { plan } = tokens.chunked;
	const windows = tokens.sliding?.plan;
	const hidden = wantsLosses(config) ? d_model : 0;
	const width = hooksOf(readouts).reduce((sum, hook) => sum + hookWidth$1(decoder, hook), hidden);
	const run = runTokens(plan) + (windows === void 0 ? 0 : runTokens(windows));
	return {
		perModel: 4 * (plan.rows * width + (windows?.rows ?? 0) * d_model),
		between: run * rowBytes$1(d_model, config.streamRows),
		models
	};
}
// src/audit/plan/plan-fit.ts
const gigabytes = (bytes) => bytes < 1e8 ? `${Math.ceil(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
/** Errors: MODEL_TOO_LARGE, DISK_TOO_SMALL, with the number that is short. */
function requireFit(model, { short, weights, memory, temporary }) {
	if (short === null) return;
	const [needed, available] = [gigabytes(short.needed), gigabytes(short.available)];
	if (short.of === "disk") throw diskTooSmall(temporary.folder, needed, available);
	const isWhole = weights.held === "resident" && memory.peakStreamed <= memory.available;
	throw modelTooLarge(model, {
		needed,
		available,
		limitedBy: memory.limitedBy,
		isWhole
	});
}
/** `weights one block at a time (33 ranges, 1.1 GB the largest), … 3.2 GB of memory at most, 21.4 GB are there`. */
function planSentence({ weights, memory, reading, temporary }) {
	const held = weights.held === "resident" ? "every model whole in memory" : `weights streamed, one of ${weights.ranges} ranges at a time (${gigabytes(weights.rangeBytes)} the largest)`;
	const spilled = temporary.bytes === 0 ? "" : `; ${gigabytes(temporary.bytes)} of activations in ${temporary.folder}`;
	const time = reading.seconds === null ? "" : `; about ${Math.ceil(reading.seconds)} s to read ${gigabytes(reading.bytes)}`;
	return `plan: ${held}; ${gigabytes(memory.peak)} of memory at most, of ${gigabytes(memory.available)} available${spilled}${time}`;
}
// src/audit/subjects/pinning.ts
/** @file Which of the things that an audit reads may become others without a change here, or are what they are by somebody's word. */
/** A branch or tag of the Hub moves when its owner says so; a commit does not. */
function pinWarnings({ reference, saes, corpus, tokenizer }) {
	const named = [
		reference,
		...saes.map(({ source }) => source),
		...corpusRepositories(corpus.source),
		...tokenizer === null ? [] : [tokenizer]
	];
	const moving = [...new Set(named)].filter((spec) => isHubSpec(spec) && !COMMIT.test(parseHubSpec(spec).revision));
	if (moving.length === 0) return [];
	return [`${moving.join(", ")}: not pinned to a commit, so the next audit may measure against another one, and its figures are then not comparable with these; write hf:owner/name@COMMIT (the commit that was used is in the report)`];
}
/** Of files that were read by ranges nothing but the digest of the token ids can tell that they are the listed ones. */
function rangeWarnings({ expected }, files) {
	if (files.length === 0 || (expected?.corpus.length ?? 0) > 0) return [];
	const more = files.length > SHOWN ? ` and ${files.length - SHOWN} more` : "";
	return [`not verified: of ${files.slice(0, SHOWN).join(", ")}${more} only parts were read, and only whole files can be held against the hash that the Hub lists. Whoever answers in its place could have given another text, and with it other figures: hold the token ids by expect-corpus-sha256`];
}
/** A mirror says itself what a commit holds: no hash of the Hub's stands behind it. */
function mirrorWarnings(config, endpoint) {
	if (endpoint === "https://huggingface.co") return [];
	const { reference, saes, corpus, candidates } = config.expected ?? ANYTHING;
	const open = [
		{
			input: "expect-reference-sha256",
			digests: reference,
			specs: [config.reference, config.tokenizer ?? ""]
		},
		{
			input: "expect-sae-sha256",
			digests: saes,
			specs: config.saes.map(({ source }) => source)
		},
		{
			input: "expect-corpus-sha256",
			digests: corpus,
			specs: corpusRepositories(config.corpus.source)
		},
		{
			input: "expect-candidate-sha256",
			digests: candidates,
			specs: config.candidates
		}
	].filter(({ digests, specs }) => digests.length === 0 && specs.some(isHubSpec));
	if (open.length === 0) return [];
	return [`not verified: what hf: names came from ${endpoint} (HF_ENDPOINT), which says itself which files a commit has; hold it by ${open.map(({ input }) => input).join(", ")}`];
}
const SHOWN = 3;
// src/audit/measure.ts
/** Run an audit. Errors: every expected failure is a SaegateError; nothing is written. */
async function measure(config, host) {
	const started = host.seconds();
	const { measurement, sums } = await withSubjects(config, host, async (reference, subjects) => {
		const results = await measureOpened(config, subjects, host);
		const sums = host.keepSums === void 0 ? null : await gatherSums(reference, results, host);
		return {
			measurement: await assemble(reference, results, {
				elapsedSeconds: host.seconds() - started,
				createdAt: host.now(),
				toolVersion: host.toolVersion
			}),
			sums
		};
	});
	if (sums !== null) await host.keepSums?.(sums);
	return measurement;
}
/** What an audit would hold where: nothing is run. Errors: those of opening; none where it does not fit, which the plan says. */
async function measurePlan(config, onProgress) {
	return await withSubjects(config, {
		onProgress,
		baseline: null
	}, async (_, subjects) => {
		return await planAudit(config, subjects, await chooseDevice(wishOf(config), storedType(subjects.reference)));
	});
}
/** Where an audit wants to run. */
const wishOf = ({ device, precision = "auto", threads }) => ({
	device,
	precision,
	threads
});
async function measureOpened(config, subjects, host) {
	const { reference, readouts, candidates, tokens } = subjects;
	const chosen = await chooseDevice(wishOf(config), storedType(reference));
	const { device, nvidia } = chosen;
	const plan = await planAudit(config, subjects, chosen);
	requireFit(reference.name, plan);
	host.onProgress({
		...told(plan),
		done: 0,
		total: tokens.chunked.plan.rows,
		unit: "tokens",
		overall: 0
	});
	const run = {
		config,
		device,
		nvidia,
		memory: { bytesLeft: config.memoryBytes },
		work: new Work(auditCost(reference.decoder, readouts, tokens, {
			candidates: candidates.length,
			losses: wantsLosses(config)
		}), host.onProgress),
		tokens,
		readouts,
		weights: weightsHeld(config, plan, deviceRangeBytes(device, nvidia, bodyBytes(reference.decoder))),
		headBytes: headRangeBytes(device, nvidia, plan.memory.available),
		streamed: emptyTally()
	};
	const capture = await captureModel(run, "reference", reference);
	try {
		const captured = {
			model: reference,
			capture
		};
		const seen = [];
		for (const readout of readouts) seen.push(await seeReference(run, captured, readout));
		const measured = {
			captured,
			readouts: seen
		};
		const notes = config.nullCheck ? [await checkNull(run, measured)] : [];
		const noise = await engineNoise(run, captured, seen);
		return {
			run,
			readouts: seen,
			candidates: await measureRounds(run, measured, candidates),
			warnings: [
				...pinWarnings(config),
				...rangeWarnings(config, subjects.unverified),
				...mirrorWarnings(config, hubEndpoint(process.env)),
				...reference.warnings,
				...readouts.flatMap(({ dictionary }) => dictionary.warnings),
				...seen.flatMap((one) => one.warnings),
				...groupWarnings(tokens),
				...tapWarnings(config, candidates),
				...streamWarnings(run.streamed),
				...await weightRoundingWarnings(device, [reference, ...modelsOf(candidates)])
			],
			notes: [...notes, ...noiseNotes(noise)],
			noise
		};
	} finally {
		await closeCapture(capture);
	}
}
/**
* One block a range: larger ones save nothing that counts beside running them on the CPU. `range`: what a device holds at a time, where
* it does not hold the body.
*/
function weightsHeld({ streamRows }, { weights: { held, readsAhead } }, range) {
	if (held === "resident" && range === null) return { kind: "resident" };
	return {
		kind: "stream",
		rangeBytes: range ?? 0,
		rows: streamRows,
		readsAhead: held === "resident" || readsAhead
	};
}
const told = (plan) => ({
	stage: "plan",
	note: planSentence(plan)
});
/** Those that are compiled; an ONNX model runs in the types of its own graph. */
function modelsOf(candidates) {
	return candidates.flatMap((candidate) => candidate.kind === "onnx" ? [] : [candidate.model]);
}
function tapWarnings({ tap }, candidates) {
	if (tap === null || candidates.some(({ kind }) => kind === "onnx")) return [];
	return ["--tap names a value of an ONNX candidate, and there is none: it changed nothing"];
}
/** Without intervals rules stay undecided; the tables only leave a gap. */
function groupWarnings({ sequences, groupStarts }) {
	const groups = groupStarts.length - 1;
	const fewest = fewestGroups(RESAMPLING_METHOD);
	if (groups < fewest) return [`${groups === 1 ? "one group of sequences was" : `${groups} groups of sequences were`} measured (${sequences.sequenceCount} sequences), and an interval takes ${fewest}: there are none, and rules that go by one stay undecided; use more text, shorter sequences or more --groups`];
	const text = dealtText(sequences);
	const document = typicalDocument(text);
	const tokens = text.sequences * text.tokensPerSequence;
	if (document === null) return [];
	const warnings = tokens / document < 20 ? [`this text amounts to ${Math.floor(tokens / document)} documents of the length that a token finds itself in; below 20 nothing tells how often intervals hold the truth: use more text (--tokens)`] : [];
	if (document * groups <= tokens) return warnings;
	return [...warnings, `a document of this text is ${Math.round(document)} tokens long as a token sees it, a group of ${groups} ${Math.round(tokens / groups)}: groups share documents, and intervals are too narrow; use more text (--tokens)`];
}
/** What the reference's weights are stored as, as far as it matters for the choice of a device. */
function storedType({ tensors, decoder }) {
	const storedAs = tensors.entries.get(decoder.weights.unembedding.weight.tensor)?.storedAs;
	if (storedAs === "BF16") return "bfloat16";
	return storedAs === "F32" ? "float32" : "float16";
}
export { nearestName as _, openUserModel as a, csvRecords as b, elementBits as c, decoderOf as d, activationsInWords$1 as f, knownFamilies as g, usableCores as h, findOnnx as i, elementName as l, probeDevice as m, measurePlan as n, typeText as o, parseCompression as p, requireFit as r, isQuantized as s, measure as t, sourceOpener as u, availableMemory as v, unpackedBytes as x, openParquet as y };
