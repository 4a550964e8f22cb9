import { S as code, _ as overviewTable, b as worstFeaturesParts, d as reproduce, f as setupTable, g as newlyLost, h as details, l as rankingTable, m as VERDICT_ICONS, p as explainedParts, u as moreTable, v as rulesTable, w as link, x as MARKDOWN, y as warningList } from "./shared-run-audit.js";
import { A as number, C as render, E as count, W as bySeverity, _ as attributionTable, j as percent, y as headline } from "./shared-shown.js";
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
		candidates: 200,
		passing: true
	},
	{
		features: 5,
		setup: true,
		rules: 50,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: true,
		rules: 50,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: false,
		rules: 50,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: false,
		rules: 10,
		candidates: 200,
		passing: true
	},
	{
		features: 0,
		setup: false,
		rules: 10,
		candidates: 200,
		passing: false
	},
	{
		features: 0,
		setup: false,
		rules: 10,
		candidates: 10,
		passing: false
	},
	{
		features: 0,
		setup: false,
		rules: 3,
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
		...shown.length === 0 ? [] : [overviewTable(report, shown)],
		leftOut(ordered, shown),
		rulesTable(shown, full.rules),
		newlyLost(shown, 12),
		warningList(report, 5),
		...folded(report, evidence, full),
		footer(report, full)
	].filter((part) => part !== "").join("\n\n")}\n`;
}
/** The heading (dissociation first when there is one), and the reason in one sentence. */
function verdictParts(report, place) {
	const { verdict, word, reason, dissociations } = headline(report);
	const [first, ...others] = dissociations.map((one) => render(one, MARKDOWN));
	const title = `${verdict === null ? "📏" : VERDICT_ICONS[verdict]} ${code(place.checkName)}: ${word.toLowerCase()}`;
	const alarm = first === void 0 ? [] : [`## ⚠️ ${first}`];
	const more = others.length === 0 ? [] : [others.slice(0, 5).map((one) => `- ⚠️ ${one}`).join("\n")];
	const url = place.reportUrl === null ? "" : ` ${link("Open the report", place.reportUrl)}`;
	return [
		...alarm,
		`${first === void 0 ? "##" : "###"} ${title}`,
		`${render(reason, MARKDOWN)}${url}`,
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
