// What the first load of a page costs: its answers, as a phone with an empty cache gets them, and what
// is over the budget in budget.json. Sizes are of bodies as sent, packed where the host packs them;
// headers are not counted. Nothing is scrolled, so what is loaded on demand is not among them: the
// search index, pictures far below.

import { readFileSync } from 'node:fs';

/** The numbers that hold for every page; their units are in their names. */
export const BUDGET = JSON.parse(readFileSync(new URL('budget.json', import.meta.url), 'utf8'));

/** The phone that Lighthouse emulates. */
export const PHONE = {
    viewport: { width: 412, height: 823 }, deviceScaleFactor: 1.75, isMobile: true, hasTouch: true,
};

/** Kinds of files, by what the browser calls them. */
const KINDS = {
    document: 'HTML', stylesheet: 'CSS', script: 'scripts', image: 'images', font: 'fonts',
};

/**
 * Loads a page of a site that `open` of site.js has opened.
 *
 * @returns its answers: `{ url, kind, bytes, status, isOwn }`; `url` is relative to the site if `isOwn`
 */
export async function weigh(site, path) {
    const page = await site.page(PHONE);
    const requests = [];
    page.on('request', it => { if (/^https?:/.test(it.url())) requests.push(it); });
    await page.goto(site.url(path), { waitUntil: 'networkidle' });

    const root = site.url('');
    const answer = (url, kind, status, size) => {
        const isOwn = url.startsWith(root);
        const bytes = Number(size ?? 0);
        return { url: isOwn ? url.slice(root.length) : url, kind, bytes, status, isOwn };
    };
    const icons = await page.$$eval('link[rel~="icon"]', links => links.map(it => it.href));
    const answers = await Promise.all(requests.map(async request => {
        const url = request.url();
        const kind = icons.includes(url) ? 'images' : KINDS[request.resourceType()] ?? 'others';
        const response = await request.response(); // none from another host: site.js refuses it
        return answer(url, kind, response?.status(), response?.headers()['content-length']);
    }));
    // A browser loads the icons when it has time, or not at all where it shows none.
    const seen = requests.map(it => it.url());
    for (const url of icons.filter(it => !seen.includes(it))) {
        const response = url.startsWith(root) ? await fetch(url) : undefined;
        await response?.arrayBuffer();
        answers.push(answer(url, 'images', response?.status, response?.headers.get('content-length')));
    }
    await page.context().close();
    return answers;
}

/** The bytes of answers, those of each kind of file, and how many there are. */
export function sum(answers) {
    const kinds = {};
    for (const { kind, bytes } of answers) kinds[kind] = (kinds[kind] ?? 0) + bytes;
    const bytes = answers.reduce((total, it) => total + it.bytes, 0);
    return { requests: answers.length, bytes, kinds };
}

const number = it => it.toLocaleString('en-US');
const right = it => number(it).padStart(9);

/** What is wrong with the first load of a page, as text; nothing if nothing is. */
export function judge(path, answers, budget = BUDGET) {
    const { requests, bytes, kinds } = sum(answers);
    const faults = [];
    if (bytes > budget.bytes_max) {
        faults.push(`${number(bytes)} bytes over the wire, allowed are ${number(budget.bytes_max)}`);
    }
    if (requests > budget.requests_max) {
        faults.push(`${requests} requests, allowed are ${budget.requests_max}`);
    }
    for (const { url, status, isOwn, kind } of answers) {
        if (!isOwn) faults.push(`it asks another host: ${url}`);
        else if (status >= 400 && kind !== 'HTML') faults.push(`it names a file that is not there: ${url}`);
        else if (/searchindex/.test(url)) faults.push(`it loads the search index before a search: ${url}`);
    }
    if (faults.length === 0) return undefined;

    const recorded = budget.recorded_bytes_max;
    const byKind = Object.entries(kinds).sort(([, a], [, b]) => b - a).map(([kind, it]) => {
        const before = recorded[kind] ?? 0;
        const more = it > before ? `, ${number(it - before)} more than` : ', not more than';
        return `  ${right(it)}  ${kind}${more} on any page before (${number(before)})`;
    });
    const byFile = [...answers].sort((a, b) => b.bytes - a.bytes)
        .map(it => `  ${right(it.bytes)}  ${it.url || '(the page)'}`);
    return [
        ...faults.map(it => `${path}: ${it}`),
        'by kind, in bytes, compared with what tools/browser/budget.json has recorded:', ...byKind,
        'by file:', ...byFile,
        'mend: load it on demand, make it smaller, or leave it out; the limits are a promise to readers',
    ].join('\n');
}
