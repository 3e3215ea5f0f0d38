// The first load of every page stays within budget.json, on a phone with an empty cache: weight.js.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { open, pages } from './site.js';
import { judge, PHONE, weigh } from './weight.js';

let site;
before(async () => { site = await open(); });
after(() => site.close());

// The address of the site itself, what there is without JavaScript, and an address that does not exist.
// Not print.html: it is all pages at once, and its readers have asked for that.
const PATHS = ['', ...await pages(), 'toc.html', 'no/such/page.html'];

describe('the first load is within the budget:', { concurrency: 4 }, () => {
    for (const path of PATHS) {
        test(path || 'the address of the site', async () => {
            const fault = judge(path || 'index.html', await weigh(site, path));
            assert.ok(!fault, fault);
        });
    }
});

/** What moves on a page when its scripts come after the first paint, as they do on a slow network. */
async function shifts(it, path, viewport) {
    const page = await it.page({ ...PHONE, viewport, deviceScaleFactor: 1 });
    let release;
    const painted = new Promise(done => { release = done; });
    await page.context().route(/\/(?!toc-)[^/]*\.js$/, async route => {
        await painted;
        await route.fallback();
    });
    await page.goto(it.url(path), { waitUntil: 'commit' });
    // The page is there and painted; before that, what is still to come moves what has.
    await page.waitForFunction(() => document.readyState !== 'loading'
        && performance.getEntriesByName('first-contentful-paint').length > 0);
    await page.evaluate(() => new Promise(done => {
        window.moved = [];
        // What the contents beside the text do is not asked: mdBook adds the headings when it can.
        const name = ({ node }) => {
            const element = node?.nodeType === Node.TEXT_NODE ? node.parentElement : node;
            if (!element || element.closest('#mdbook-sidebar')) return [];
            return [`${element.nodeName} "${element.textContent.trim().slice(0, 40)}"`];
        };
        const observer = new PerformanceObserver(list => {
            window.moved.push(...list.getEntries().flatMap(entry => entry.sources.flatMap(name)));
        });
        requestAnimationFrame(() => requestAnimationFrame(() => {
            observer.observe({ type: 'layout-shift' });
            done();
        }));
    }));
    release();
    await page.waitForLoadState('networkidle');
    // A shift is told after the frame that it is in.
    const moved = await page.evaluate(() => new Promise(done => {
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(window.moved))));
    }));
    await page.context().close();
    return moved;
}

describe('nothing moves when the scripts come late:', { concurrency: 4 }, () => {
    for (const path of PATHS) {
        test(path || 'the address of the site', async () => {
            // As wide as a phone, and so high that all of the page is on view.
            const moved = await shifts(site, path, { ...PHONE.viewport, height: 15_000 });
            assert.deepEqual(moved, [], `${path}; mend: give it its room in theme/book.css, from the `
                + 'start');
        });
    }
});

test('the search index is loaded by a click on the search, not before', async () => {
    const page = await site.page(PHONE);
    const found = [];
    page.on('response', it => { if (it.url().includes('searchindex')) found.push(it.url()); });
    await page.goto(site.url(''), { waitUntil: 'networkidle' });
    assert.deepEqual(found, [], 'before');
    const loaded = page.waitForResponse(it => it.url().includes('searchindex'));
    await page.click('#mdbook-search-toggle');
    assert.equal((await loaded).status(), 200);
    await page.waitForLoadState('networkidle');
    assert.equal(found.length, 1, 'once');
    await site.done(page);
});

// That the tests above can fail: pages of their own, served from a temporary folder.

/** Serves a page of the files `{ name: content }`, and gives the site to an action. */
async function withPage(body, files, action) {
    const folder = await mkdtemp(join(tmpdir(), 'budget-'));
    let broken;
    try {
        const html = `<!DOCTYPE html><title>A page</title>${body}`;
        for (const [name, content] of Object.entries({ 'index.html': html, ...files })) {
            await writeFile(join(folder, name), content);
        }
        broken = await open(folder);
        return await action(broken);
    } finally {
        await broken?.close();
        await rm(folder, { recursive: true });
    }
}

/** What is wrong with such a page. */
const judged = (body, files = {}) => withPage(body, files,
    async it => judge('index.html', await weigh(it, 'index.html')));

/** Text that does not pack well: half of its letters remain. */
const noise = bytes => `// ${randomBytes(bytes / 2).toString('hex')}`;
const scripts = count => {
    const names = [...Array(count).keys()].map(it => `${it}.js`);
    return [
        names.map(it => `<script src="${it}"></script>`).join(''),
        Object.fromEntries(names.map(it => [it, '"use strict";'])),
    ];
};

test('a page with nine scripts and a picture far below is within the budget', async () => {
    const [tags, files] = scripts(9);
    const below = '<div style="height: 90000px"></div><img loading="lazy" src="below.png" alt="">';
    assert.equal(await judged(tags + below, { ...files, 'below.png': randomBytes(100_000) }), undefined);
});

test('a script of 400 KiB is over the budget', async () => {
    const fault = await judged('<script src="big.js"></script>', { 'big.js': noise(400 * 1024) });
    assert.match(fault, /^index\.html: 2\d\d,\d{3} bytes over the wire, allowed are 61,440$/m);
    assert.match(fault, /^by kind.*\n +2\d\d,\d{3} {2}scripts, \d+,\d{3} more than on any page before/m);
    assert.match(fault, /^by file:\n +2\d\d,\d{3} {2}big\.js\n +\d+ {2}index\.html$/m);
});

test('a font and a picture are not packed by the host, and counted', async () => {
    const fault = await judged('<img src="a.png" alt="">', { 'a.png': randomBytes(61_440) });
    assert.match(fault, / {2}61,440 {2}images/);
});

test('an icon counts', async () => {
    const fault = await judged('<link rel="icon" href="a.png">', { 'a.png': randomBytes(61_440) });
    assert.match(fault, / {2}61,440 {2}a\.png/);
});

test('an eleventh request is over the budget', async () => {
    assert.match(await judged(...scripts(10)), /^index\.html: 11 requests, allowed are 10$/m);
});

test('a request to another host is a fault', async () => {
    const fault = await judged('<img src="https://example.com/a.png" alt="">');
    assert.match(fault, /^index\.html: it asks another host: https:\/\/example\.com\/a\.png$/m);
});

test('a file that is not there is a fault', async () => {
    const fault = await judged('<script src="gone.js"></script>');
    assert.match(fault, /^index\.html: it names a file that is not there: gone\.js$/m);
});

test('a search index that is loaded at once is a fault', async () => {
    const fault = await judged('<script src="searchindex-1.js"></script>', { 'searchindex-1.js': '' });
    assert.match(fault, /^index\.html: it loads the search index before a search: searchindex-1\.js$/m);
});

test('a script that moves the text when it comes is found', async () => {
    const body = '<script src="late.js" defer></script><p>First</p><p>Last</p>';
    const late = 'document.querySelector("p").insertAdjacentHTML("afterend", "<p>Late</p>");';
    const moved = await withPage(body, { 'late.js': late }, it => shifts(it, 'index.html', {
        width: 412, height: 823,
    }));
    assert.deepEqual(moved, ['P "Last"']);
});
