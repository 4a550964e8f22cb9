import { C as MARKDOWN, E as link, S as worstFeaturesParts, _ as newlyLost, b as table, c as rankingTable, d as setupTable, f as explainedParts, g as icon, h as details, l as moreTable, m as VERDICT_ICONS, p as RULE_ICONS, u as reproduce, v as overviewTable, w as code, x as warningList, y as rulesTable } from "./shared-run-audit.js";
import { F as number, G as smallDigits, I as percent, K as NO_SHARE, M as decimal, O as render, Q as limitOf, R as plusMinus, S as headline, V as shortLimit, W as signedPercent, X as bySeverity, at as shownPerplexity, b as attributionTable, ct as worstReadout, it as rulesToSee, j as count, k as bar, rt as referencePerplexity, tt as ofActive } from "./shared-shown.js";
import { n as sinceBaseline, t as changeOf } from "./shared-since-baseline.js";
import { spawn } from "node:child_process";
// src/gate/run-program.ts
/** @file A program run to its end, without a shell: how it ended, and the last of what it wrote. */
/** Installing takes half a minute; the CUDA provider is 300 MB. */
const LIMIT_MS = 12e5;
/** Never rejects: what cannot be started ends with status 127, what is killed or takes too long with null. */
function runProgram(program, args, env = process.env) {
	return new Promise((done) => {
		let output = "";
		const child = spawn(program, args, {
			stdio: [
				"ignore",
				"pipe",
				"pipe"
			],
			timeout: LIMIT_MS,
			env
		});
		const keep = (chunk) => {
			output = (output + chunk.toString()).slice(-4e3);
		};
		child.stdout.on("data", keep);
		child.stderr.on("data", keep);
		child.on("error", (error) => done({
			status: 127,
			output: error.message
		}));
		child.on("close", (status) => done({
			status,
			output
		}));
	});
}
// src/report/markdown/line-table.ts
const BAR_WIDTH = 5;
/** A figure, its bar and its mark stay in one line. */
const GLUE = "\xA0";
/** Of reports with read-outs. */
function lineTable(report, candidates) {
	const columns = [
		{
			head: "",
			cells: candidates.map(icon)
		},
		{
			head: "Candidate",
			cells: candidates.map(({ name }) => code(name))
		},
		perplexityColumn(report, candidates),
		{
			head: "KL",
			cells: candidates.map(klOf)
		},
		survivedColumn(candidates),
		damagedColumn(candidates),
		...report.baseline === null ? [] : [sinceColumn(candidates)]
	];
	const rows = candidates.map((_, i) => columns.map(({ cells }) => cells[i] ?? ""));
	const lines = table(columns.map(({ head }) => head), rows, "clrrlrr".slice(0, columns.length));
	const { length } = report.readouts;
	return length < 2 ? lines : `${lines}\n\n<sub>At the read-out, of ${count(length)}, where the fewest features survive; marks are of all of them.</sub>`;
}
function klOf({ divergence }) {
	return decimal(divergence?.klMean, smallDigits(divergence?.klMean));
}
function perplexityColumn(report, candidates) {
	const own = referencePerplexity(report);
	const rules = candidates.map((candidate) => {
		const shown = shownPerplexity(candidate);
		const metric = `perplexity.${shown?.protocol}.deltaPercent`;
		return shown === null ? null : limitOf(candidate, metric, null, shown.figure.deltaPercent);
	});
	const cells = candidates.map((candidate, i) => {
		const figure = shownPerplexity(candidate)?.figure;
		if (figure === void 0) return "–";
		return marked(`**${signedPercent(figure.deltaPercent)}** ${plusMinus(figure.ci, 1)}`.trim(), rules[i] == null ? [] : [rules[i]]);
	});
	const reference = own === null ? [] : [`reference ${number(own.value)}`];
	return {
		head: headed("Perplexity", [...reference, ...commonLimit(rules)]),
		cells
	};
}
function survivedColumn(candidates) {
	const limits = candidates.map((candidate) => limitsOf(candidate, "survived"));
	const cells = candidates.map((candidate, i) => {
		const worst = worstReadout(candidate);
		if (worst === null) return "–";
		const { fraction } = worst.survived;
		return marked(`**${percent(fraction)}**${GLUE}${bar(fraction, BAR_WIDTH, "█", "░")}`, limits[i] ?? []);
	});
	return {
		head: headed("Survived", commonLimit(limits.flat())),
		cells
	};
}
function damagedColumn(candidates) {
	const limits = candidates.map((candidate) => limitsOf(candidate, "damaged"));
	const cells = candidates.map((candidate, i) => {
		const share = worstReadout(candidate)?.damaged ?? NO_SHARE;
		return marked(percent(share.fraction), limits[i] ?? []);
	});
	return {
		head: headed("Damaged", commonLimit(limits.flat())),
		cells
	};
}
function sinceColumn(candidates) {
	return {
		head: headed("Change", ["points"]),
		cells: candidates.map((candidate) => changeOf(candidate)?.shown ?? "new")
	};
}
/** Rules that limit the figure at any read-out. */
function limitsOf(candidate, kind) {
	return candidate.features.flatMap((features) => {
		const fraction = ofActive(features)?.[kind].fraction ?? null;
		return limitOf(candidate, `features.${kind}`, features.readout, fraction) ?? [];
	});
}
/** What all of them ask for; nothing where they ask for different things. */
function commonLimit(rules) {
	const limits = new Set(rules.flatMap((rule) => rule === null ? [] : [shortLimit(rule)]));
	return limits.size === 1 ? [...limits] : [];
}
const headed = (words, notes) => [words, ...notes.map((note) => `<sub>${note}</sub>`)].join("<br>");
const SERIOUS = [
	"fail",
	"inconclusive",
	"waived"
];
/** The figure, and what is the matter with it; a rule that passes needs no mark. */
function marked(figure, rules) {
	const status = SERIOUS.find((one) => rules.some((rule) => rule.status === one));
	return status === void 0 ? figure : `${figure}${GLUE}${RULE_ICONS[status]}`;
}
// src/report/markdown/comment.ts
/** GitHub refuses comment bodies above 65,536 characters; a margin for what the API counts differently. */
const MAX_COMMENT_CHARACTERS = 65e3;
/** The hidden first line by which the comment of one gate is found again. Different names give different markers. */
function commentMarker(checkName) {
	return `<!-- saegate:${checkName.replace(/[^A-Za-z0-9._]/gu, (character) => {
		const bytes = new TextEncoder().encode(character);
		return Array.from(bytes, (byte) => `%${byte.toString(16).toUpperCase().padStart(2, "0")}`).join("");
	})} -->`;
}
const FULLNESS = [
	{
		features: 10,
		setup: true,
		rules: 50,
		readouts: true,
		candidates: 200,
		passing: true
	},
	{
		features: 5,
		setup: true,
		rules: 50,
		readouts: true,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: true,
		rules: 50,
		readouts: true,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: false,
		rules: 50,
		readouts: true,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: false,
		rules: 10,
		readouts: true,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: false,
		rules: 10,
		readouts: false,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: false,
		rules: 10,
		readouts: false,
		candidates: 200,
		passing: false
	},
	{
		features: 0,
		setup: false,
		rules: 10,
		readouts: false,
		candidates: 10,
		passing: false
	},
	{
		features: 0,
		setup: false,
		rules: 3,
		readouts: false,
		candidates: 3,
		passing: false
	}
];
/** The comment, at most `MAX_COMMENT_CHARACTERS` long. */
function pullRequestComment(report, evidence, place) {
	return fitted(report, evidence, place, MAX_COMMENT_CHARACTERS);
}
/** The fullest version that fits; the verdict alone when none does. */
function fitted(report, evidence, place, limit) {
	for (const fullness of FULLNESS) {
		const text = compose(report, evidence, place, fullness);
		if (text.length <= limit) return text;
	}
	return `${[commentMarker(place.checkName), ...verdictParts(report, place)].join("\n\n")}\n`;
}
function compose(report, evidence, place, full) {
	const ordered = bySeverity(report.candidates);
	const shown = (full.passing ? ordered : ordered.filter((one) => one.verdict !== "pass" || one.dissociation.flag)).slice(0, full.candidates);
	return `${[
		commentMarker(place.checkName),
		...verdictParts(report, place),
		shown.length === 0 ? "" : overview(report, shown),
		leftOut(ordered, shown),
		rules(shown, full.rules),
		warningList(report, 5),
		...full.readouts && shown.length > 0 && report.readouts.length > 0 ? [details("Every read-out, with intervals and limits", overviewTable(report, shown, false))] : [],
		lost(shown),
		...folded(report, evidence, full),
		footer(report, full)
	].filter((part) => part !== "").join("\n\n")}\n`;
}
/** A line per candidate; of an audit without SAEs there is no more to say than a line. */
function overview(report, shown) {
	return report.readouts.length === 0 ? overviewTable(report, shown) : lineTable(report, shown);
}
/** More rows than this are folded: candidates are what a reader came for. */
const OPEN_RULES = 4;
/** Rules that did not pass; '' where all did. */
function rules(shown, most) {
	const rows = rulesTable(shown, most);
	const total = shown.reduce((sum, one) => sum + rulesToSee(one).length, 0);
	return total <= OPEN_RULES ? rows : details(`Rules that did not pass: ${count(total)}`, rows);
}
function lost(shown) {
	const lines = newlyLost(shown, 12);
	return lines === "" ? "" : details("Features lost since the baseline", lines);
}
/** The heading (dissociation first when there is one), and the reason in one sentence. */
function verdictParts(report, place) {
	const { verdict, word, reason, dissociations } = headline(report);
	const [first, ...others] = dissociations.map((one) => render(one, MARKDOWN));
	const title = `${verdict === null ? "📏" : VERDICT_ICONS[verdict]} ${code(place.checkName)}: ${word.toLowerCase()}`;
	const alarm = first === void 0 ? [] : [`## ⚠️ ${first}`];
	const more = others.length === 0 ? [] : [others.slice(0, 5).map((one) => `- ⚠️ ${one}`).join("\n")];
	const since = sinceBaseline(report);
	const url = place.reportUrl === null ? "" : ` ${link("Open the report", place.reportUrl)}`;
	return [
		...alarm,
		`${first === void 0 ? "##" : "###"} ${title}`,
		`${render(reason, MARKDOWN)}${url}`,
		...since === null ? [] : [`**${render(since, MARKDOWN)}**`],
		...more
	];
}
function leftOut(all, shown) {
	const missing = all.filter((one) => !shown.includes(one));
	if (missing.length === 0) return "";
	const passing = missing.filter((one) => one.verdict === "pass").length;
	return `Not shown: ${count(missing.length)} more candidates, ${count(passing)} of which pass.`;
}
/** Three features of the worst candidate. */
const ABOUT = {
	features: 3,
	contexts: 5,
	pairs: 1
};
/** Tensors of the worst candidate whose swaps were measured. */
const BLAMED = 5;
function folded(report, evidence, full) {
	const worst = full.features === 0 ? [] : worstFeaturesParts(report, evidence, full.features, 6);
	const about = full.features === 0 ? [] : explainedParts(report, ABOUT);
	const ranked = full.setup ? rankingTable(report) : "";
	const swapped = bySeverity(report.candidates).filter((one) => one.attribution !== void 0);
	const blamed = attributionTable({
		...report,
		candidates: swapped.slice(0, ABOUT.pairs)
	}, BLAMED);
	return [
		...blamed.rows.length === 0 || full.features === 0 ? [] : [details(blamed.title, moreTable(blamed))],
		...ranked === "" ? [] : [details("Bytes and what they keep", ranked)],
		...worst.length === 0 ? [] : [details("Most damaged features", worst.join("\n\n"))],
		...about.length === 0 ? [] : [details("What the first of them are about", about.join("\n\n"))],
		...full.setup ? [details("Set-up", setupTable(report)), details("How to reproduce", reproduce(report))] : []
	];
}
function footer(report, full) {
	const first = report.candidates[0]?.features[0]?.thresholds;
	const brackets = `Brackets are ${percent(report.confidence, 0)} intervals.`;
	return `<sub>${first === void 0 ? brackets : `Survived: ρ ≥ ${number(first.survived)}; damaged: ρ &lt; ${number(first.damaged)}; of the features that fire on more than ${percent(first.active, 2)} of tokens in the reference. ${brackets}`}${full.setup ? "" : " Details are left out to fit; the report has them."}</sub>`;
}
export { runProgram as i, fitted as n, pullRequestComment as r, commentMarker as t };
