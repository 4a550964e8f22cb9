import { n as readWholeFile } from "./shared-whole-file.js";
import { t as SaegateError } from "./shared-problem.js";
import { r as endpointJson, t as BADGE_COLOURS } from "./shared-badge.js";
import { n as visible } from "./shared-visible.js";
import { _ as ruleX, b as xml, c as framed, d as dot, g as text, h as gridY, l as line, m as gridX, r as rulesSection, s as figure, t as contentSecurityPolicy, y as STYLE } from "./shared-page.js";
import { l as digestOfWords, n as mark, r as outcomeWord, s as retryWords } from "./shared-figures.js";
import { n as reportsIn, t as auditReport } from "./shared-audit-report.js";
import { F as number, I as percent, L as percentInterval, M as decimal, N as decimalInterval, U as signedInterval, W as signedPercent, ct as worstReadout, et as neuronpediaUrl, i as frontier, j as count, nt as readoutOf, r as byBytes, t as bytesWords } from "./shared-shown.js";
import { t as isHubSpec } from "./shared-hub-spec.js";
import { n as VERSION, r as loadFeatureTable } from "./shared-version.js";
import { l as writeProblem, s as writeFileWhole } from "./shared-atomic.js";
import { t as makeFolder } from "./shared-make-folder.js";
import { t as schemaCheck } from "./shared-schema-check.js";
import { u as fileMissing } from "./shared-file.js";
import { g as registryPageForeign } from "./shared-registry.js";
import { t as jsonText } from "./shared-json-text.js";
import { i as parseJson } from "./shared-json.js";
import { createHash } from "node:crypto";
import { lstat, rm, stat } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
// src/report/formats/badge-svg.ts
/** @file A badge as a picture: an SVG of two fields that needs no font, no script and no other file. */
/** shields.io's names of its colours, dark enough for white letters. */
const COLOURS$1 = {
	brightgreen: "#1d8466",
	red: "#c2342c",
	yellow: "#8a6500",
	orange: "#b3570b",
	lightgrey: "#5f6770"
};
/** Pixels of a letter on average at 11 px, and beside a text; `textLength` makes each text fit its field in any font. */
const LETTER = 6.6;
const MARGIN = 8;
const MOST_LETTERS = 60;
const widthOf = (text) => Math.round(Array.from(text).length * LETTER);
function badgeSvg({ label, message, color }) {
	const [left, right] = [visible(label, MOST_LETTERS), visible(message, MOST_LETTERS)];
	const [leftWidth, rightWidth] = [widthOf(left), widthOf(right)];
	const edge = leftWidth + 16;
	const width = edge + rightWidth + 16;
	const words = (text, x, length) => `<text x="${x}" y="14" textLength="${length}" lengthAdjust="spacingAndGlyphs">${xml(text)}</text>`;
	return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="20" viewBox="0 0 ${width} 20" role="img" aria-label="${xml(`${left}: ${right}`)}">
<title>${xml(`${left}: ${right}`)}</title>
<clipPath id="round"><rect width="${width}" height="20" rx="3"/></clipPath>
<g clip-path="url(#round)"><rect width="${edge}" height="20" fill="#3c4248"/><rect x="${edge}" width="${width - edge}" height="20" fill="${COLOURS$1[color] ?? "#5f6770"}"/></g>
<g fill="#fff" font-family="Verdana,Geneva,DejaVu Sans,sans-serif" font-size="11">${words(left, MARGIN, leftWidth)}${words(right, edge + MARGIN, rightWidth)}</g>
</svg>
`;
}
// src/registry/site/badges.ts
/** @file A model's badge: its last verdict and how much survives. */
function modelBadge(outcome) {
	if (outcome === null) return badge("not yet audited", "lightgrey");
	if (outcome.kind === "error") return badge(`not audited: ${outcome.class}`, "lightgrey");
	const { verdict, figures } = outcome;
	const { survived, perplexityDelta } = figures;
	const figure = survived !== null ? `${percent(survived)} survive` : perplexityDelta === null ? null : `perplexity ${signedPercent(perplexityDelta)}`;
	const said = [...verdict === null ? [] : [verdict], ...figure === null ? [] : [figure]];
	return badge(said.join(", ").replaceAll(" ", "") || "measured", verdict === null ? "lightgrey" : BADGE_COLOURS[verdict], verdict === "fail");
}
const badge = (message, color, isError = false) => ({
	schemaVersion: 1,
	label: "features",
	message,
	color,
	isError
});
// src/registry/site/models.ts
/** @file What the pages of a registry are about: models, each with its audits over time, and what was measured alike. Pure. */
/** A name that tells people what it is, and a digest that keeps it apart from all others. */
function slugOf(id) {
	return `${id.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-").replaceAll(/^-+|-+$/g, "").slice(0, 60) || "model"}-${digestOfWords(id).slice(0, 10)}`;
}
/** By their ids. */
function modelsOf({ items, audits }) {
	const auditsOf = /* @__PURE__ */ new Map();
	const grouped = /* @__PURE__ */ new Map();
	for (const [id, known] of items) {
		const { source, name, of } = known.item;
		const model = `${source}:${of ?? name}`;
		grouped.set(model, [...grouped.get(model) ?? [], [id, known]]);
	}
	for (const audit of audits) {
		const own = auditsOf.get(audit.what.item);
		if (own === void 0) auditsOf.set(audit.what.item, [audit]);
		else own.push(audit);
	}
	return [...grouped].flatMap(([id, versions]) => {
		const own = versions.flatMap(([item]) => auditsOf.get(item) ?? []).sort(inTime);
		const { source, name, of, revision, base } = versions.reduce((a, b) => (b[1].item.when ?? "") >= (a[1].item.when ?? "") ? b : a)[1].item;
		const isListed = versions.some(([, known]) => known.isListed);
		return [{
			id,
			source,
			name: of ?? name,
			slug: slugOf(id),
			isListed,
			revision,
			base,
			audits: own,
			last: own.at(-1) ?? null
		}];
	}).sort((a, b) => a.id < b.id ? -1 : 1);
}
/** In the order of their ends, as the history has them; clocks decide only between candidates. */
const inTime = (a, b) => a.what.item === b.what.item ? 0 : a.at < b.at ? -1 : a.at > b.at ? 1 : 0;
/** Audits with the same digest here were measured against the same, on the same: their figures can be compared. */
const measuredAgainst = ({ inputs: { reference, sae, corpus, options } }) => digestOfWords(reference, sae, corpus, options);
const isMeasured = (finished) => finished.outcome.kind === "verdict";
// src/registry/site/shell.ts
/** @file What every page of the site has around it: the style and the security policy of the report's page. */
const OWN_STYLE = `
h1{font-size:24px;margin:8px 0 12px;overflow-wrap:anywhere}
.models td.figure,.models th.figure{text-align:right;white-space:nowrap}
.models td.name{min-width:180px}
th button{all:unset;cursor:pointer;white-space:nowrap}
th button:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
th button::after{content:" ↕";opacity:.45}
th[aria-sort=ascending] button::after{content:" ↑";opacity:1;color:var(--accent)}
th[aria-sort=descending] button::after{content:" ↓";opacity:1;color:var(--accent)}
.pager[hidden],.controls[hidden]{display:none}
.pager:not([hidden]){display:flex;gap:12px;align-items:center;margin:12px 0}
.trend .grid{grid-template-columns:repeat(auto-fit,minmax(min(100%,340px),1fr))}
.models td.name,.plain td{overflow-wrap:anywhere}
@media (max-width:1200px){.models td.figure{text-align:left}.stacks td.name{grid-column:1/-1}}
@media print{.pager{display:none}}
`;
function sitePage({ title, up, main, script = "" }) {
	const home = up === "" ? "<b>saegate</b> registry" : `<a href="${up}index.html"><b>saegate</b> registry</a>`;
	return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${contentSecurityPolicy(script)}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>saegate ${xml(visible(title, 120))}</title>
<link rel="icon" href="data:,">
<style>${STYLE}${OWN_STYLE}</style>
</head>
<body>
<header class="top"><span>${home}</span></header>
<main>
${main}
</main>
<footer>Written by saegate ${xml(visible(VERSION, 20))} from the history of a registry. Numbers here are rounded for reading.</footer>
${script === "" ? "" : `<script>${script}<\/script>\n`}</body>
</html>
`;
}
/** A name from outside. */
const name = (text) => `<code>${xml(visible(text))}</code>`;
const plain = (text) => xml(visible(text, 400));
/** The mark of an outcome with its word. */
function outcomeMark(outcome) {
	return `<span class="dot ${outcome?.kind === "verdict" ? outcome.verdict ?? "" : ""}" aria-hidden="true">${outcome === null ? "–" : mark(outcome)}</span> ${outcomeWord(outcome)}`;
}
/** `2026-11-29 20:15`, of ISO 8601; with `T` and `Z` for machines. */
const timeOf = (at) => `<time datetime="${xml(visible(at, 40))}">${xml(visible(at.slice(0, 16).replace("T", " "), 20))}</time>`;
/** A cell that says what it is where columns cannot be seen. */
const cell = (label, content, more = "") => `<td data-label="${label}"${more}>${content}</td>`;
const headRow = (heads) => `<tr>${heads.map((one) => `<th scope="col">${one}</th>`).join("")}</tr>`;
// src/registry/site/bases.ts
/** @file All quantizations of one full-precision model that were measured alike, set beside each other: bytes against what they keep. */
/** Groups of two or more, by title. */
function basesOf(models, lastReports) {
	const groups = /* @__PURE__ */ new Map();
	for (const model of models) {
		const last = model.last?.what;
		if (last === void 0 || !isMeasured(last) || !model.isListed) continue;
		const key = measuredAgainst(last);
		groups.set(key, [...groups.get(key) ?? [], model]);
	}
	return [...groups].filter(([, members]) => members.length > 1).map(([key, members]) => {
		const told = members.flatMap(({ id }) => lastReports.get(id) ?? [])[0];
		const digest = members[0]?.last?.what.inputs.reference ?? "";
		return {
			slug: slugOf(key).slice(-10),
			title: titleOf(told, members.find(({ base }) => base !== null)?.base ?? null, digest),
			members: members.flatMap((model) => memberOf(model, lastReports))
		};
	}).sort((a, b) => a.title < b.title ? -1 : a.title > b.title ? 1 : a.slug < b.slug ? -1 : 1);
}
function memberOf(model, lastReports) {
	const last = model.last?.what;
	if (last === void 0 || !isMeasured(last)) return [];
	return [{
		model,
		figures: last.outcome.figures,
		survivedCi: lastReports.get(model.id)?.survivedCi ?? null
	}];
}
/** A path of somebody's machine is nobody's business: its last part is enough. */
const shownSpec = (spec) => isHubSpec(spec) ? spec : spec.split(/[\\/]/).at(-1) ?? spec;
function titleOf(told, base, digest) {
	if (told === void 0) return base ?? `reference ${digest.slice(0, 12)}`;
	const sae = told.sae === "" ? "" : ` through ${shownSpec(told.sae)}`;
	return `${shownSpec(told.reference)}${sae}`;
}
const pointOf = (member) => {
	const { bytes, survived } = member.figures;
	return bytes === null || survived === null ? null : {
		member,
		bytes,
		quality: survived
	};
};
function basePage({ title, members }) {
	const points = members.flatMap((member) => pointOf(member) ?? []).sort(byBytes);
	const best = frontier(points);
	const others = members.filter((member) => pointOf(member) === null);
	const ranked = [...points.map((point) => ({
		member: point.member,
		isBest: best.has(point)
	})), ...others.map((member) => ({
		member,
		isBest: false
	}))];
	return sitePage({
		title,
		up: "../",
		main: `<h1>${plain(title)}</h1>
<p>${members.length} quantizations, measured against the same weights, through the same SAEs, on the same text. ◆: no other takes as few bytes and keeps as much.</p>
${points.length < 2 ? "" : scatter(points, best)}
<section><h2>Beside each other</h2><div class="card wide"><table class="models stacks" aria-label="Quantizations"><thead>${headRow([
			"",
			"Model",
			"Verdict",
			"Bytes",
			"Survived",
			"Interval",
			"Perplexity",
			"KL, nats"
		])}</thead><tbody>
${ranked.map(({ member, isBest }) => row$1(member, isBest)).join("\n")}
</tbody></table></div></section>`
	});
}
function row$1({ model, figures, survivedCi }, isBest) {
	const { slug, last, name: own } = model;
	const { bytes, survived, perplexityDelta, klMean } = figures;
	return `<tr>${isBest ? cell("Best at its size", "◆") : "<td></td>"}${cell("Model", `<a href="../model/${slug}.html">${name(own)}</a>`, " class=\"name\"")}${cell("Verdict", outcomeMark(last?.what.outcome ?? null))}${cell("Bytes", bytes === null ? "–" : bytesWords(bytes))}${cell("Survived", percent(survived))}${cell("Interval", percentInterval(survivedCi) || "–")}${cell("Perplexity", signedPercent(perplexityDelta))}${cell("KL, nats", number(klMean, 3))}</tr>`;
}
/** Names of those that no other beats; of all, where there are few. */
function scatter(points, best) {
	const marks = points.map((point) => {
		const { bytes, quality, member } = point;
		const [low = quality, high = quality] = member.survivedCi ?? [];
		return {
			bytes,
			survived: quality,
			low,
			high,
			isBest: best.has(point),
			name: visible(member.model.name, 24)
		};
	});
	const lowest = Math.min(...marks.map(({ low }) => low));
	const at = {
		x: "bytes",
		y: "survived"
	};
	return figure({
		width: 720,
		height: 380,
		marginTop: 24,
		marginRight: 110,
		marginBottom: 44,
		marginLeft: 56,
		x: {
			label: "Bytes →",
			tickFormat: bytesWords,
			ticks: 5,
			nice: true,
			inset: 12
		},
		y: {
			label: "↑ Active features that survive",
			tickFormat: (value) => percent(value, 0),
			ticks: 6,
			domain: [lowest > .55 ? Math.floor(lowest * 10 - .5) / 10 : 0, 1.02]
		},
		marks: [
			gridX({
				ticks: 5,
				stroke: "var(--line)",
				strokeOpacity: 1
			}),
			gridY({
				ticks: 6,
				stroke: "var(--line)",
				strokeOpacity: 1
			}),
			line(marks.filter(({ isBest }) => isBest), {
				...at,
				stroke: "var(--muted)",
				strokeDasharray: "4 3"
			}),
			ruleX(marks, {
				x: "bytes",
				y1: "low",
				y2: "high",
				stroke: "var(--ink)",
				strokeOpacity: .5
			}),
			dot(marks, {
				...at,
				r: 4,
				symbol: ({ isBest }) => isBest ? "diamond" : "circle",
				fill: ({ isBest }) => isBest ? "var(--ink)" : "var(--muted)",
				stroke: "var(--page)"
			}),
			text(marks.filter(({ isBest }) => isBest || marks.length <= 20), {
				...at,
				text: "name",
				dx: 9,
				textAnchor: "start",
				fill: "var(--ink)"
			})
		]
	}, {
		id: "bytes",
		title: "Bytes and what they keep",
		description: "Bytes of all tensors that are run, against surviving features at the read-out where the fewest do. Bars: intervals, where the report is still kept. Diamonds, joined by a line: no other takes as few bytes and keeps as much.",
		header: [
			"Model",
			"Bytes",
			"Survived",
			"Interval"
		],
		rows: points.map(({ member, bytes, quality }) => [
			name(member.model.name),
			bytesWords(bytes),
			percent(quality),
			percentInterval(member.survivedCi)
		])
	});
}
// src/registry/site/index-client.ts
function one(selector, kind) {
	const found = document.querySelector(selector);
	if (!(found instanceof kind)) throw new Error(`the page lacks ${selector}`);
	return found;
}
function rowsOf(body) {
	return [...body.querySelectorAll("tr")].map((element) => {
		const cells = [...element.cells];
		return {
			element,
			name: (cells[1]?.textContent ?? "").toLowerCase(),
			source: element.dataset.source ?? "",
			verdict: element.dataset.verdict ?? "",
			values: cells.map((cell) => cell.dataset.value ? Number(cell.dataset.value) : NaN)
		};
	});
}
/** What has no value comes last, whatever the direction. */
function compareRows(a, b, column, isDescending) {
	const sign = isDescending ? -1 : 1;
	const [x = NaN, y = NaN] = [a.values[column], b.values[column]];
	if (column !== 1 && x !== y) {
		if (Number.isNaN(x)) return Number.isNaN(y) ? 0 : 1;
		if (Number.isNaN(y)) return -1;
		return sign * (x - y);
	}
	const order = a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
	return column === 1 ? sign * order : order;
}
/** Choose, sort, and begin at the first page. */
function choose(state) {
	const words = one("#find", HTMLInputElement).value.toLowerCase().split(/\s+/).filter(Boolean);
	const verdict = one("#verdict", HTMLSelectElement).value;
	const source = one("#source", HTMLSelectElement).value;
	state.shown = state.rows.filter((row) => (verdict === "" || row.verdict === verdict) && (source === "" || row.source === source) && words.every((word) => row.name.includes(word))).sort((a, b) => compareRows(a, b, state.column, state.isDescending));
	state.start = 0;
	draw(state, 100);
}
/** `size`: rows of a page. */
function draw(state, size) {
	const { body, shown, rows, column, isDescending } = state;
	body.replaceChildren(...shown.slice(state.start, state.start + size).map(({ element }) => element));
	const last = Math.min(shown.length, state.start + size);
	one("#shown", HTMLOutputElement).textContent = `${shown.length.toLocaleString("en")} of ${rows.length.toLocaleString("en")}`;
	one("#place", HTMLOutputElement).textContent = `${(state.start + 1).toLocaleString("en")} to ${last.toLocaleString("en")}`;
	one("#earlier", HTMLButtonElement).disabled = state.start === 0;
	one("#later", HTMLButtonElement).disabled = last >= shown.length;
	one(".pager", HTMLDivElement).hidden = shown.length <= size;
	for (const button of document.querySelectorAll("th button")) {
		const isSorted = button instanceof HTMLButtonElement && Number(button.dataset.column) === column;
		button.parentElement?.setAttribute("aria-sort", isSorted ? isDescending ? "descending" : "ascending" : "none");
	}
}
/** A second click turns the order round. */
function sortByHead(state, column) {
	state.isDescending = state.column === column ? !state.isDescending : false;
	state.column = column;
	choose(state);
}
function turnPage(state, rows) {
	state.start = Math.max(0, state.start + rows);
	draw(state, 100);
	one("#models", HTMLTableSectionElement).closest("section")?.scrollIntoView();
}
function startIndex() {
	const body = one("#models", HTMLTableSectionElement);
	const state = {
		body,
		rows: rowsOf(body),
		shown: [],
		start: 0,
		column: 1,
		isDescending: false
	};
	for (const id of [
		"#find",
		"#verdict",
		"#source"
	]) one(id, HTMLElement).addEventListener("input", () => choose(state));
	const order = one("#order", HTMLSelectElement);
	order.addEventListener("input", () => {
		state.column = Math.abs(Number(order.value));
		state.isDescending = order.value.startsWith("-");
		choose(state);
	});
	for (const button of document.querySelectorAll("th button")) if (button instanceof HTMLButtonElement) button.addEventListener("click", () => sortByHead(state, Number(button.dataset.column)));
	one("#earlier", HTMLButtonElement).addEventListener("click", () => turnPage(state, -100));
	one("#later", HTMLButtonElement).addEventListener("click", () => turnPage(state, 100));
	addEventListener("beforeprint", () => {
		state.start = 0;
		draw(state, state.rows.length);
	});
	addEventListener("afterprint", () => draw(state, 100));
	one("#controls", HTMLDivElement).hidden = false;
	choose(state);
	document.documentElement.setAttribute("data-ready", "");
}
/** The script of the page: every function above as source text, then the call that starts it. */
function indexScript() {
	return `'use strict'\n${[
		one,
		rowsOf,
		compareRows,
		choose,
		draw,
		sortByHead,
		turnPage,
		startIndex
	].map(String).join("\n")}\n${startIndex.name}()\n`;
}
// src/registry/site/index-page.ts
/**
* @file index.html: every model with its last verdict. All rows are in the page, for readers without scripts and for print; the
* script (index-client.ts) takes them out and shows those that are asked for, a hundred at a time.
*/
const COLUMNS = [
	"Verdict",
	"Model",
	"Survived",
	"Perplexity",
	"KL, nats",
	"Bytes",
	"Audits",
	"Last audit"
];
function indexPage(title, models, bases) {
	const counts = /* @__PURE__ */ new Map();
	for (const { last } of models) {
		const word = outcomeWord(last?.what.outcome ?? null);
		counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	const words = [...counts].sort(([a], [b]) => a < b ? -1 : 1);
	const said = words.map(([word, n]) => `${count(n)} ${word}`).join(", ");
	return sitePage({
		title,
		up: "",
		main: `<h1>${plain(title)}</h1>
<p>${count(models.length)} ${models.length === 1 ? "model" : "models"}${said === "" ? "" : `: ${said}`}.</p>
${basesList(bases)}
<section><h2>Models</h2>
${controls(words.map(([word]) => word), [...new Set(models.map(({ source }) => source))].sort())}
<div class="card wide"><table class="models stacks" aria-label="Models"><thead>${head()}</thead><tbody id="models">
${models.map(row).join("\n")}
</tbody></table></div>
<div class="pager" hidden><button type="button" id="earlier">Back</button><button type="button" id="later">Next</button><output id="place" class="muted"></output></div></section>`,
		script: indexScript()
	});
}
/** More would push the models out of sight. */
const MOST_OPEN = 5;
function basesList(bases) {
	if (bases.length === 0) return "";
	const items = bases.map(({ slug, title, members }) => `<li><a href="base/${slug}.html">${plain(title)}</a>: ${count(members.length)} quantizations</li>`);
	return `<section><details class="more"${bases.length <= MOST_OPEN ? " open" : ""}><summary>By full-precision model: ${count(bases.length)} with quantizations beside each other</summary><ul>${items.join("")}</ul></details></section>`;
}
const choices = (label, id, all) => `<label>${label}<select id="${id}"><option value="">all</option>${all.map((one) => `<option>${xml(one)}</option>`).join("")}</select></label>`;
/** What is asked for first is what has to be looked at. Column and direction: `-5` is the sixth, downwards. */
const ORDERS = [
	["1", "by name"],
	["0", "blocked first"],
	["-7", "newest first"],
	["2", "fewest surviving first"],
	["-3", "largest perplexity change first"],
	["-4", "largest KL first"]
];
function controls(verdicts, sources) {
	const orders = ORDERS.map(([value, label]) => `<option value="${value}">${label}</option>`).join("");
	return `<div class="controls" id="controls" hidden><label>Name contains<input id="find" type="search" autocomplete="off"></label>
${choices("Verdict", "verdict", verdicts)}${choices("Source", "source", sources)}
<label>Order<select id="order">${orders}</select></label><output id="shown" class="muted" aria-live="polite"></output></div>`;
}
const head = () => `<tr>${COLUMNS.map((one, i) => `<th scope="col" aria-sort="none"${i < 2 ? "" : " class=\"figure\""}><button type="button" data-column="${i}">${one}</button></th>`).join("")}</tr>`;
/** In the order of what has to be looked at. */
const RANKS = [
	"fail",
	"inconclusive",
	"pass",
	"measured",
	"not yet audited"
];
const rankOf = (word) => RANKS.includes(word) ? RANKS.indexOf(word) : .5;
function row({ slug, source, name: own, base, isListed, audits, last }) {
	const outcome = last?.what.outcome ?? null;
	const measured = audits.findLast(({ what }) => isMeasured(what))?.what;
	const figures = measured !== void 0 && isMeasured(measured) ? measured.outcome.figures : null;
	const figure = (label, value, text) => cell(label, text, ` class="figure" data-value="${value ?? ""}"`);
	const word = outcomeWord(outcome);
	const notes = [...base === null ? [] : [`made of ${name(base)}`], ...isListed ? [] : ["no longer listed"]];
	return `<tr data-source="${xml(source)}" data-verdict="${xml(word)}">${cell("Verdict", outcomeMark(outcome), ` data-value="${rankOf(word)}"`)}${cell("Model", `<a href="model/${slug}.html">${name(own)}</a><span class="limit">${name(source)}${notes.map((one) => `, ${one}`).join("")}</span>`, " class=\"name\"")}${figure("Survived", figures?.survived, percent(figures?.survived))}${figure("Perplexity", figures?.perplexityDelta, signedPercent(figures?.perplexityDelta))}${figure("KL, nats", figures?.klMean, number(figures?.klMean, 3))}${figure("Bytes", figures?.bytes, figures?.bytes == null ? "–" : bytesWords(figures.bytes))}${figure("Audits", audits.length, count(audits.length))}${cell("Last audit", last === null ? "–" : timeOf(last.at), ` class="figure" data-value="${last === null ? "" : Date.parse(last.at) || ""}"`)}</tr>`;
}
// src/registry/site/trend.ts
const COLOURS = {
	pass: "var(--survived)",
	fail: "var(--damaged)",
	inconclusive: "var(--degraded)"
};
/** '' where there is nothing to show. Oldest first. */
function trend({ words, interval, ...text }, all) {
	const points = all.slice(-60).filter(({ value }) => Number.isFinite(value));
	if (points.length === 0) return "";
	return framed(trendSvg(text.id, words, points), {
		...text,
		header: [
			"Audit",
			"Revision",
			"Verdict",
			"Figure",
			"Interval"
		],
		rows: points.map(({ at, revision, verdict, value, ci }) => [
			xml(at.slice(0, 16).replace("T", " ")),
			`<code>${xml(revision.slice(0, 12))}</code>`,
			verdict ?? "–",
			words(value),
			interval(ci) || "–"
		])
	});
}
/** Pixels; the plot lies between its margins. */
const SIZE = {
	width: 380,
	height: 220,
	top: 16,
	right: 16,
	bottom: 32,
	left: 62
};
function trendSvg(id, words, points) {
	const { width, height, top, right, bottom, left } = SIZE;
	const values = points.flatMap(({ value, ci }) => [value, ...ci ?? []]).filter(Number.isFinite);
	const ticks = ticksOf(Math.min(...values), Math.max(...values));
	const [low = 0, high = 1] = [ticks[0], ticks.at(-1)];
	const x = (i) => (left + (i + .5) / points.length * (width - left - right)).toFixed(1);
	const y = (value) => (height - bottom - (value - low) / (high - low) * (height - top - bottom)).toFixed(1);
	const grid = ticks.map((tick) => `<line x1="${left}" x2="${width - right}" y1="${y(tick)}" y2="${y(tick)}" stroke="var(--line)"/><text x="${left - 8}" y="${y(tick)}" dy="0.32em" text-anchor="end">${words(tick)}</text>`);
	const every = Math.ceil(points.length / 6);
	const days = points.map(({ at }, i) => i % every === 0 ? `<text x="${x(i)}" y="${height - 10}" text-anchor="middle">${xml(at.slice(5, 10))}</text>` : "");
	const bars = points.map(({ ci }, i) => ci === null ? "" : `<line x1="${x(i)}" x2="${x(i)}" y1="${y(ci[0])}" y2="${y(ci[1])}" stroke="var(--ink)" stroke-opacity="0.6"/>`);
	const dots = points.map(({ value, verdict }, i) => `<circle cx="${x(i)}" cy="${y(value)}" r="4" fill="${verdict === null ? "var(--muted)" : COLOURS[verdict]}" stroke="var(--page)" stroke-width="1.5"/>`);
	const line = points.map(({ value }, i) => `${x(i)},${y(value)}`).join(" ");
	return `<svg role="img" aria-labelledby="${id}-title ${id}-desc" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" font-size="12" fill="currentColor">${grid.join("")}${days.join("")}<polyline points="${line}" fill="none" stroke="var(--muted)" stroke-width="1.5"/>${bars.join("")}${dots.join("")}</svg>`;
}
/** Multiples of 1, 2 or 5 times a power of ten, about five, from below the least value to above the largest. */
function ticksOf(least, most) {
	const span = most > least ? most - least : Math.abs(most) || 1;
	const power = 10 ** Math.floor(Math.log10(span / 4));
	const step = power * ([
		1,
		2,
		5
	].find((factor) => factor * power * 4 >= span) ?? 10);
	const [first, last] = [Math.floor(least / step), Math.ceil(most / step)];
	const count = Math.min(12, Math.max(1, last - first) + 1);
	return Array.from({ length: count }, (_, i) => (first + i) * step);
}
// src/registry/site/model-page.ts
/** More ids are in the tables beside the report. */
const MOST_FEATURES = 100;
/** More audits are in `registry history`. */
const MOST_AUDITS = 200;
function modelPage(model, reports) {
	const { id, name: own, source, slug, last, base, revision, isListed } = model;
	const outcome = last?.what.outcome ?? null;
	const notes = [
		`Source ${name(source)}`,
		`revision ${name(revision.slice(0, 12))}`,
		...base === null ? [] : [`made of ${name(base)}`],
		...isListed ? [] : ["no longer listed"]
	];
	return sitePage({
		title: id,
		up: "../",
		main: `<h1>${name(own)}</h1>
<p class="muted">${notes.join(", ")}.</p>
${verdict(last, outcome, reports.reportPage)}
${trends(model, reports)}
${movedSection(model, reports)}
${reports.last === null ? "" : rulesSection(reports.last)}
${auditsSection(model)}
${badgeSection(slug, outcome)}`
	});
}
function verdict(last, outcome, report) {
	const word = outcomeWord(outcome);
	const colour = outcome?.kind === "verdict" ? outcome.verdict ?? "" : "";
	const said = outcome === null ? "No audit of it has ended yet." : outcome.kind === "error" ? `It could not be audited (${name(outcome.code)}): ${plain(retryWords(outcome.class, last?.what.tries ?? 1))}.` : `${figureList(outcome.figures)}.`;
	const when = last === null ? "" : ` ${timeOf(last.at)}.`;
	const link = report === null ? "" : ` <a href="${xml(report)}">The whole report</a>.`;
	return `<div class="verdict"><span class="badge ${colour}">${xml(word.toUpperCase())}</span><p>${said}${when}${link}</p></div>`;
}
const figureList = ({ survived, damaged, perplexityDelta, klMean }) => [
	`${percent(survived)} of active features survive`,
	`${percent(damaged)} are damaged`,
	`perplexity ${signedPercent(perplexityDelta)}`,
	`KL ${number(klMean, 3)} nats`
].join(", ");
const TRENDS = [
	{
		id: "survived",
		key: "survived",
		title: "Features that survive",
		description: "Of the active ones, at the read-out where the fewest do.",
		words: (value) => percent(value),
		interval: (ci) => percentInterval(ci)
	},
	{
		id: "perplexity",
		key: "perplexityDelta",
		title: "Change of perplexity",
		description: "Against the full-precision model.",
		words: (value) => signedPercent(value),
		interval: (ci) => signedInterval(ci)
	},
	{
		id: "kl",
		key: "klMean",
		title: "KL divergence",
		description: "Nats per token, on average.",
		words: (value) => decimal(value, 4),
		interval: (ci) => decimalInterval(ci, 4)
	}
];
function trends({ audits }, { intervals }) {
	const pointsOf = (key) => audits.flatMap(({ id, at, what }) => {
		if (!isMeasured(what)) return [];
		const { figures, verdict: judged } = what.outcome;
		const value = figures[key];
		const ci = intervals.get(id)?.[key] ?? null;
		return value === null ? [] : [{
			at,
			revision: what.revision,
			value,
			ci,
			verdict: judged
		}];
	});
	const figures = TRENDS.map((one) => trend(one, pointsOf(one.key))).filter((one) => one !== "");
	if (figures.length === 0) return "";
	const measured = audits.filter(({ what }) => isMeasured(what)).length;
	return `<section class="trend"><h2>From audit to audit</h2><p class="muted">Bars are intervals, where the report is still kept. Green passes, red fails, yellow is undecided.${measured > 60 ? ` The last 60 of ${count(measured)} are shown.` : ""}</p><div class="grid">${figures.join("\n")}</div></section>`;
}
function movedSection({ audits }, { moved }) {
	const parts = [...audits].reverse().flatMap(({ id, at, what }) => (moved.get(id) ?? []).map(({ readout, newlyDamaged, repaired }) => {
		const head = `<h3>${timeOf(at)}, revision ${name(what.revision.slice(0, 12))}, at ${name(readout)}</h3><p>${count(newlyDamaged.length)} newly damaged, ${count(repaired)} damaged no longer, since the audit before.</p>`;
		if (newlyDamaged.length === 0) return head;
		const rows = newlyDamaged.slice(0, MOST_FEATURES).map(({ feature, before, after, address }) => {
			return `<tr><td>${address === null ? String(feature) : `<a href="${xml(address)}">${feature}</a>`}</td><td>${decimal(before, 3)}</td><td>${decimal(after, 3)}</td></tr>`;
		});
		const more = newlyDamaged.length > MOST_FEATURES ? `<p class="small">The ${MOST_FEATURES} that lost the most; the tables beside the reports have all.</p>` : "";
		return `${head}<details class="more" open><summary>Features and their ρ before and after</summary><div class="wide"><table class="plain" aria-label="Newly damaged features"><thead>${headRow([
			"Feature",
			"Before",
			"After"
		])}</thead><tbody>${rows.join("")}</tbody></table></div>${more}</details>`;
	}));
	return parts.length === 0 ? "" : `<section><h2>Newly damaged features</h2>${parts.join("\n")}</section>`;
}
function auditsSection({ audits }) {
	if (audits.length === 0) return "";
	const rows = [...audits].reverse().slice(0, MOST_AUDITS).map(({ at, what }) => {
		const { outcome, revision } = what;
		const figures = outcome.kind === "verdict" ? outcome.figures : null;
		return `<tr>${cell("Ended", timeOf(at))}${cell("Outcome", outcomeMark(outcome))}${cell("Revision", name(revision.slice(0, 12)))}${cell("Survived", percent(figures?.survived))}${cell("Perplexity", signedPercent(figures?.perplexityDelta))}${cell("KL, nats", number(figures?.klMean, 3))}${cell("saegate", figures === null ? "–" : name(what.inputs.tool))}</tr>`;
	});
	return `<section><h2>Audits</h2><div class="card wide"><table class="models stacks" aria-label="Audits, the last one first"><thead>${headRow([
		"Ended",
		"Outcome",
		"Revision",
		"Survived",
		"Perplexity",
		"KL, nats",
		"saegate"
	])}</thead><tbody>
${rows.join("\n")}
</tbody></table></div></section>`;
}
const badgeSection = (slug, outcome) => `<section><h2>Badge</h2><p>${badgeSvg(modelBadge(outcome))}</p><p class="small">${name(`badge/${slug}.svg`)} is the picture, ${name(`badge/${slug}.json`)} what an endpoint badge of shields.io reads.</p></section>`;
// src/registry/site/reports.ts
/** @file What of stored reports the pages show: intervals beside the history's figures, and which features moved between two audits. */
/** The report of an audit; null: it is not kept any more, or not as it was written. Errors: those of reading a disk. */
async function keptReport(state, finished) {
	if (finished.folder === null) return null;
	try {
		return (await auditReport(state, finished)).report;
	} catch (error) {
		if (error instanceof SaegateError) return null;
		throw error;
	}
}
function intervalsOf(report) {
	const [candidate] = report?.candidates ?? [];
	const ci = (of) => {
		const [low, high] = of ?? [];
		return low === void 0 || high === void 0 ? null : [low, high];
	};
	return {
		survived: ci(candidate === void 0 ? null : worstReadout(candidate)?.survived.ci),
		perplexityDelta: ci(candidate?.perplexity.chunked?.ci),
		klMean: ci(candidate?.divergence?.klMeanCi)
	};
}
/** Null: they were not measured alike, or a table is gone. Errors: those of reading a disk. */
async function movedFeatures(state, { before, after }) {
	if (!isMeasured(before.finished) || !isMeasured(after.finished)) return null;
	if (measuredAgainst(before.finished) !== measuredAgainst(after.finished)) return null;
	const earlier = before.report.candidates[0]?.features ?? [];
	const moved = [];
	for (const features of after.report.candidates[0]?.features ?? []) {
		const past = earlier.find(({ readout }) => readout === features.readout);
		const [a = null, b = null] = (past === void 0 ? null : [await tableOf(state, before, past), await tableOf(state, after, features)]) ?? [];
		if (a === null || b === null || a.width !== b.width) return null;
		const addressOf = (feature) => neuronpediaUrl(readoutOf(after.report, features.readout), feature);
		moved.push({
			readout: features.readout,
			...between(a, b, addressOf)
		});
	}
	return moved;
}
async function tableOf(state, { finished, report }, { readout }) {
	const candidate = report.candidates[0]?.name ?? "";
	try {
		return await loadFeatureTable(join(reportsIn(state), finished.folder ?? "", "report.json"), {
			candidate,
			readout
		});
	} catch (error) {
		if (error instanceof SaegateError) return null;
		throw error;
	}
}
/** Those that lost the most first. */
function between(a, b, addressOf) {
	const newlyDamaged = [];
	let repaired = 0;
	const counted = (rho) => rho === void 0 || Number.isNaN(rho) ? 0 : rho;
	for (let j = 0; j < a.width; j++) {
		if (a.active[j] !== 1 || b.active[j] !== 1) continue;
		const [was, is] = [a.class[j] === "damaged", b.class[j] === "damaged"];
		if (was && !is) repaired++;
		if (was || !is) continue;
		const [before = NaN, after = NaN] = [a.correlation[j], b.correlation[j]];
		newlyDamaged.push({
			feature: j,
			before,
			after,
			address: addressOf(j)
		});
	}
	const lost = ({ before, after }) => counted(before) - counted(after);
	return {
		newlyDamaged: newlyDamaged.sort((x, y) => lost(y) - lost(x) || x.feature - y.feature),
		repaired
	};
}
// src/registry/site/written-files.ts
/**
* @file The files of a site, of which a list says that they are ours: what nobody wrote for us is never replaced and never removed.
*
* The list is written first, with the names that are to come, so that a run that was killed in between is gone on with; each file
* appears whole, index.html after the pages that it leads to. What is there with the same content is left as it is.
*/
const SITE_LIST = "saegate-site.json";
const isList = schemaCheck({
	type: "object",
	additionalProperties: false,
	required: ["schema", "files"],
	properties: {
		schema: { const: "saegate/registry-page@1" },
		/** Path → sha256 of what was written. */
		files: {
			type: "object",
			additionalProperties: false,
			patternProperties: { ["^(index\\.html|(model|base|report)/[a-z0-9-]{1,100}\\.html|badge/[a-z0-9-]{1,100}\\.(svg|json))$"]: {
				type: "string",
				pattern: "^[0-9a-f]{64}$"
			} }
		},
		/** Page of a model → digest of what it was made from. */
		made: {
			type: "object",
			additionalProperties: {
				type: "string",
				maxLength: 64
			}
		}
	}
});
const MOST_LIST_BYTES = 2 ** 26;
const sha256 = (bytes) => createHash("sha256").update(bytes).digest("hex");
/** Errors: those of reading, REGISTRY_PAGE_FOREIGN (the list is none of ours). */
async function openSite(out) {
	const folder = resolve(out);
	const path = join(folder, SITE_LIST);
	const bytes = await readWholeFile(path, MOST_LIST_BYTES).catch((error) => {
		if (error instanceof SaegateError && error.code === fileMissing.code) return null;
		throw error;
	});
	if (bytes === null) return {
		folder,
		files: /* @__PURE__ */ new Map(),
		made: /* @__PURE__ */ new Map()
	};
	const outcome = parseJson(bytes);
	const check = isList();
	if ("reason" in outcome || !check(outcome.value)) throw registryPageForeign(path);
	const { files, made = {} } = outcome.value;
	const all = Object.entries(files).flatMap(([name, digest]) => typeof digest === "string" ? [[name, digest]] : []);
	return {
		folder,
		files: new Map(all),
		made: new Map(Object.entries(made))
	};
}
/** A page is there as an earlier run wrote it, from what has this digest. */
async function isMade({ folder, files, made }, path, key) {
	const digest = files.get(path);
	return digest !== void 0 && made.get(path) === key && await digestOf(join(folder, path)) === digest;
}
/** Errors: REGISTRY_PAGE_FOREIGN (a file that is to be written is somebody else's), WRITE_*. */
async function writeSite(before, next) {
	const { folder } = before;
	for (const path of next.files.keys()) await requireOurs(before, path);
	const digests = new Map([...next.files].map(([path, content]) => [path, sha256(content)]));
	for (const path of next.kept) digests.set(path, before.files.get(path) ?? "");
	await makePlace(folder);
	await writeList(before, {
		files: new Map([...before.files, ...digests]),
		made: before.made
	});
	let [written, unchanged] = [0, next.kept.size];
	for (const [path, content] of next.files) {
		if (await digestOf(join(folder, path)) === digests.get(path)) {
			unchanged++;
			continue;
		}
		await makePlace(dirname(join(folder, path)));
		await writeFileWhole(join(folder, path), content);
		written++;
	}
	let removed = 0;
	for (const [path, digest] of before.files) {
		if (digests.has(path)) continue;
		if (await digestOf(join(folder, path)) !== digest) continue;
		await rm(join(folder, path), { force: true });
		removed++;
	}
	await writeList(before, {
		files: digests,
		made: next.made
	});
	return {
		written,
		unchanged,
		removed
	};
}
async function requireOurs({ folder, files }, path) {
	const place = join(folder, path);
	const within = await lstat(dirname(place)).catch(() => null);
	if (dirname(place) !== folder && within !== null && !within.isDirectory()) throw registryPageForeign(dirname(place));
	const found = await lstat(place).catch(() => null);
	if (found !== null && (!found.isFile() || !files.has(path))) throw registryPageForeign(place);
}
/** Null: there is none that is a file. */
async function digestOf(path) {
	const found = await lstat(path).catch(() => null);
	if (found === null || !found.isFile()) return null;
	return sha256(await readWholeFile(path, 2 ** 31 - 1));
}
async function makePlace(folder) {
	await makeFolder(folder).catch((error) => {
		throw writeProblem(folder, error);
	});
}
const writeList = ({ folder }, { files, made }) => {
	const list = {
		schema: "saegate/registry-page@1",
		files: Object.fromEntries(files),
		made: Object.fromEntries(made)
	};
	return writeFileWhole(join(folder, SITE_LIST), `${jsonText(list)}\n`);
};
// src/registry/site/site.ts
/** @file The static site of a registry: what its history and its reports say, as pages that need no server and no network. */
/** A page of a report with all its tables is some megabytes. */
const MOST_REPORT_PAGE = 2 ** 28;
/** Errors: REGISTRY_PAGE_FOREIGN, those of reading and writing. */
async function makeSite(history, settings) {
	const { state, out, title, withReports, tool } = settings;
	const before = await openSite(out);
	const models = modelsOf(history);
	const files = /* @__PURE__ */ new Map();
	const [kept, made] = [/* @__PURE__ */ new Set(), /* @__PURE__ */ new Map()];
	const lastReports = /* @__PURE__ */ new Map();
	for (const model of models) {
		const path = `model/${model.slug}.html`;
		const last = await lastReport(state, model);
		if (last !== null) lastReports.set(model.id, lastOf(last.report));
		const page = withReports && last !== null ? await reportPage(state, last.audit.what) : null;
		if (page !== null) files.set(`report/${model.slug}.html`, page);
		const key = digestOfWords(tool, JSON.stringify(model), String(page !== null), ...await foldersOf(state, model));
		made.set(path, key);
		if (await isMade(before, path, key)) kept.add(path);
		else {
			const found = await reportsOf(state, model, last?.report ?? null);
			const address = page === null ? null : `../report/${model.slug}.html`;
			files.set(path, modelPage(model, {
				...found,
				reportPage: address
			}));
		}
		const badge = modelBadge(model.last?.what.outcome ?? null);
		files.set(`badge/${model.slug}.svg`, badgeSvg(badge));
		files.set(`badge/${model.slug}.json`, endpointJson(badge));
	}
	const bases = basesOf(models, lastReports);
	for (const base of bases) files.set(`base/${base.slug}.html`, basePage(base));
	files.set("index.html", indexPage(title, models, bases));
	const changes = await writeSite(before, {
		files,
		kept,
		made
	});
	return {
		models: models.length,
		bases: bases.length,
		...changes
	};
}
/** Of the last audit that has one. */
async function lastReport(state, { audits }) {
	const audit = audits.findLast(({ what }) => what.folder !== null);
	const report = audit === void 0 ? null : await keptReport(state, audit.what);
	return audit === void 0 || report === null ? null : {
		audit,
		report
	};
}
function lastOf(report) {
	return {
		reference: report.reference.spec,
		sae: report.readouts.map(({ sae }) => sae)[0] ?? "",
		survivedCi: intervalsOf(report).survived
	};
}
async function reportPage(state, { folder }) {
	try {
		return await readWholeFile(join(reportsIn(state), folder ?? "", "report.html"), MOST_REPORT_PAGE);
	} catch (error) {
		if (error instanceof SaegateError) return null;
		throw error;
	}
}
/** Which of a model's reports are still there: one that was deleted takes its intervals along. */
async function foldersOf(state, { audits }) {
	const found = [];
	for (const { what } of audits) {
		const path = join(reportsIn(state), what.folder ?? "", "report.json");
		if (what.folder === null || await stat(path).catch(() => null) === null) continue;
		found.push(what.folder);
	}
	return found;
}
/** The last two of a model's reports at a time, oldest first: many take more memory than there is. */
async function reportsOf(state, { audits }, last) {
	const intervals = /* @__PURE__ */ new Map();
	const moved = /* @__PURE__ */ new Map();
	const compared = new Set(audits.slice(-6));
	let before = null;
	for (const audit of audits) {
		const report = await keptReport(state, audit.what);
		if (report === null) continue;
		intervals.set(audit.id, intervalsOf(report));
		const isNew = before !== null && before.audit.what.folder !== audit.what.folder;
		if (before !== null && isNew && compared.has(audit)) {
			const found = await movedFeatures(state, {
				before: {
					finished: before.audit.what,
					report: before.report
				},
				after: {
					finished: audit.what,
					report
				}
			});
			if (found !== null) moved.set(audit.id, found);
		}
		before = {
			audit,
			report
		};
	}
	return {
		intervals,
		moved,
		last
	};
}
export { makeSite };
