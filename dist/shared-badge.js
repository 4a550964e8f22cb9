import { t as jsonText } from "./shared-json-text.js";
import { I as percent, W as signedPercent, at as shownPerplexity, q as activeReadouts, x as dissociated } from "./shared-shown.js";
// src/report/formats/badge.ts
const BADGE_COLOURS = {
	pass: "brightgreen",
	fail: "red",
	inconclusive: "yellow"
};
const endpointJson = (badge) => `${jsonText(badge, true)}\n`;
const badgeJson = (report) => endpointJson(badgeOf(report));
function badgeOf(report) {
	const fractions = report.candidates.flatMap((one) => activeReadouts(one).map(({ survived }) => survived.fraction));
	const changes = report.candidates.flatMap((one) => shownPerplexity(one)?.figure.deltaPercent ?? []);
	const ofBehaviour = report.readouts.length === 0;
	const most = changes.length === 0 ? "" : signedPercent(Math.max(...changes)).replace(" ", "");
	const least = fractions.length === 0 ? "" : `${percent(Math.min(...fractions)).replace(" ", "")} survive`;
	const state = report.verdict === "fail" || report.verdict === "inconclusive" ? `${report.verdict}` : "";
	const concerned = dissociated(report);
	const sure = concerned.some(({ dissociation }) => dissociation.undecided !== true);
	const alarm = concerned.length === 0 ? "" : sure ? "dissociated" : "possibly dissociated";
	const message = [
		state,
		alarm,
		ofBehaviour ? most : least
	].filter((part) => part !== "").join(", ") || "not measured";
	const colour = report.verdict === null ? "lightgrey" : BADGE_COLOURS[report.verdict];
	return {
		schemaVersion: 1,
		label: ofBehaviour ? "perplexity" : "features",
		message,
		color: alarm !== "" && report.verdict === "pass" ? "orange" : colour,
		isError: report.verdict === "fail"
	};
}
export { badgeJson as n, endpointJson as r, BADGE_COLOURS as t };
