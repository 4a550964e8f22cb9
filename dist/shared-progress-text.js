// src/gate/progress-text.ts
/** Turns progress into text, remembering when stages began. `seconds` is a monotonic clock. */
var ProgressText = class {
	#seconds;
	#started;
	#stage = "";
	#stageStarted = 0;
	constructor(seconds) {
		this.#seconds = seconds;
		this.#started = seconds();
	}
	/** `42 % · 1 min 20 s left · rtn-6: forward pass · 12,800 of 73,984 tokens · 3,400 tokens/s`: a narrow line still tells the time. */
	line(progress) {
		if (progress.note !== void 0) return progress.note;
		const now = this.#seconds();
		if (progress.stage !== this.#stage) {
			this.#stage = progress.stage;
			this.#stageStarted = now;
		}
		const rate = progress.done / Math.max(.001, now - this.#stageStarted);
		const percent = `${Math.floor(100 * progress.overall).toString().padStart(3)} %`;
		const elapsed = now - this.#started;
		const parts = [
			percent,
			...elapsed > 2 && progress.overall > .01 ? [`${duration(elapsed * (1 - progress.overall) / progress.overall)} left`] : [],
			progress.stage,
			`${count(progress.done)} of ${count(progress.total)} ${progress.unit}`
		];
		if (now - this.#stageStarted > .5) parts.push(`${count(Math.round(rate))} ${progress.unit}/s`);
		return parts.join(" · ");
	}
};
function count(value) {
	return value.toString().replace(/\B(?=(\d{3})+$)/g, ",");
}
/** `45 s`, `3 min 20 s`, `2 h 05 min` */
function duration(seconds) {
	const whole = Math.max(0, Math.round(seconds));
	if (whole < 60) return `${whole} s`;
	if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`;
	return `${Math.floor(whole / 3600)} h ${Math.floor(whole % 3600 / 60).toString().padStart(2, "0")} min`;
}
export { duration as n, ProgressText as t };
