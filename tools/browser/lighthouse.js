// Lighthouse on pages of a site, with its defaults: a phone of the middle class on a slow mobile
// network, simulated. It sends nothing anywhere: the package that could report its errors is replaced
// by an empty one (stubs/sentry, overrides in package.json), and its browser finds no host but ours.

import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { launch } from 'chrome-launcher';
import lighthouse from 'lighthouse';
import { findChromium, pages, SITE } from './site.js';
import { BUDGET } from './weight.js';

/** Lighthouse's categories, in its order, and what we call them. */
export const CATEGORIES = {
    performance: 'performance', accessibility: 'accessibility',
    'best-practices': 'best practices', seo: 'SEO',
};

const FLAGS = [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic',
    '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
];

/** Starts a browser for Lighthouse. `skip` names audits that do not count. */
export async function start({ skip = [] } = {}) {
    const chromePath = await findChromium();
    const browser = await launch({ chromePath, chromeFlags: FLAGS, logLevel: 'silent' });
    return {
        /** One run, of some categories or all. @throws if the page did not load */
        async run(url, categories = Object.keys(CATEGORIES)) {
            const { lhr } = await lighthouse(url, {
                port: browser.port,
                logLevel: 'error',
                disableFullPageScreenshot: true, // only for the report that people read
                skipAudits: skip,
                onlyCategories: categories,
            });
            if (lhr.runtimeError) throw new Error(`Lighthouse on ${url}: ${lhr.runtimeError.message}`);
            return read(lhr, categories);
        },

        close: () => browser.kill(),
    };
}

/** The numbers of a run, and what cost points. */
function read(lhr, categories) {
    const value = name => lhr.audits[name].numericValue;
    const faults = categories.flatMap(category => lhr.categories[category].auditRefs
        .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
        .map(({ id }) => {
            const { title, displayValue = '', details } = lhr.audits[id];
            const where = (details?.items ?? []).slice(0, 5)
                .map(it => it.node?.snippet ?? it.source?.url ?? it.url ?? it.description)
                .filter(it => typeof it === 'string');
            return { category, text: [`${id}: ${title} ${displayValue}`.trim(), ...where].join('\n    ') };
        }));
    return {
        scores: Object.fromEntries(categories
            .map(it => [it, Math.round(lhr.categories[it].score * 100)])),
        layoutShift: value('cumulative-layout-shift'),
        blockingTime: value('total-blocking-time'),
        largestPaint: value('largest-contentful-paint'),
        firstPaint: value('first-contentful-paint'),
        speedIndex: value('speed-index'),
        faults,
        benchmark: lhr.environment.benchmarkIndex,
        version: lhr.lighthouseVersion,
    };
}

/** The middle one of each number of some runs of a page, and what the slowest run lost points for. */
export function median(runs) {
    const middle = of => runs.map(of).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
    const slowest = runs.reduce((a, b) => (b.scores.performance < a.scores.performance ? b : a));
    const scores = Object.keys(slowest.scores).map(it => [it, middle(run => run.scores[it])]);
    const numbers = Object.keys(slowest).filter(it => typeof slowest[it] === 'number')
        .map(it => [it, middle(run => run[it])]);
    return {
        ...slowest, ...Object.fromEntries(numbers), scores: Object.fromEntries(scores), runs: runs.length,
    };
}

/**
 * Which promises of budget.json the result of a page breaks, as text: those that depend on nothing but
 * the page, and, unless `speed` is false, those that a busy machine can make worse.
 */
export function judge(path, { scores, faults, ...result }, { speed = true, budget = BUDGET } = {}) {
    const found = Object.keys(scores)
        .filter(it => scores[it] < budget.lighthouse_score_min && (speed || it !== 'performance'))
        .map(it => [
            `${path}: ${CATEGORIES[it]} is ${scores[it]}, not ${budget.lighthouse_score_min}`,
            ...faults.filter(({ category }) => category === it).map(({ text }) => `  ${text}`),
        ].join('\n'));
    if (speed && result.layoutShift > budget.layout_shift_max) {
        found.push(`${path}: the layout shifts as it loads: CLS is ${result.layoutShift.toFixed(4)}`);
    }
    if (speed && result.blockingTime >= budget.blocking_time_below_ms) {
        found.push(`${path}: scripts block the page: TBT is ${result.blockingTime.toFixed(0)} ms, and has `
            + `to be below ${budget.blocking_time_below_ms} ms`);
    }
    return found;
}

/**
 * A page of each kind, as a map from its path to its kind: where there are several of a kind, the one
 * with most of what makes it one.
 */
export async function kinds(folder = SITE) {
    const all = await Promise.all((await pages(folder)).map(async path => {
        const html = await readFile(join(folder, path), 'utf8');
        const source = join(SITE, '../src', path.replace(/html$/, 'md'));
        const markdown = await readFile(source, 'utf8').catch(() => '');
        const blocks = (html.match(/<pre[\s>].*?<\/pre>/gs) ?? []).filter(it => it.includes('language-rust'));
        const code = blocks.reduce((total, it) => total + it.length, 0);
        const diagrams = (markdown.match(/^```mermaid$/gm) ?? []).length;
        return { path, code, diagrams, size: html.length };
    }));
    const found = new Map();
    const add = (kind, path) => {
        if (path !== '404.html' && path !== 'index.html' && !all.some(it => it.path === path)) {
            throw new Error(`there is no page ${path}; mend: what tools/browser/lighthouse.js calls ${kind}`);
        }
        found.set(path, kind);
    };
    /* Adds the page with most of it, unless none has it. */
    const addMost = (kind, number, among = () => true) => {
        const rest = all.filter(it => among(it.path) && !found.has(it.path) && number(it) > 0)
            .sort((a, b) => number(b) - number(a));
        if (rest.length > 0) add(kind, rest[0].path);
    };
    const isChapter = path => path.includes('/') && !/^(?:faq|appendix)\//.test(path);
    add('introduction', 'index.html');
    add('figures', 'async-or-threads/measured.html');
    add('glossary', 'glossary.html');
    add('not found', '404.html');
    addMost('diagrams', it => it.diagrams);
    addMost('code', it => it.code);
    addMost('prose', it => it.size - it.code, isChapter);
    addMost('FAQ', it => it.size, path => path.startsWith('faq/'));
    return found;
}
