// Each judgement fails on a page that deserves it, and on no other.

import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { axe, links, overflow, structure } from './judge.js';
import { compiled, sent } from './programs.js';
import { open } from './site.js';

/** A page without fault, unless its parts have one. */
const html = ({ head = '', title = '<h1>A page</h1>', main = '<p>Text.</p>' } = {}) => `<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>A page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">${head}</head>
<body><main>${title}${main}</main></body></html>`;

/** A block with a Run button, which sends what theme/book.js would. */
const block = (code, edition) => `<p><code>examples/broken/src/bin/one.rs</code>:</p>
<pre class="playground"><span class="buttons"><button>Run</button></span><code>${code}</code></pre>
<script>
    document.querySelector('button').addEventListener('click', () => fetch('https://play.rust-lang.org/evaluate.json', {
        method: 'POST',
        body: JSON.stringify({ code: document.querySelector('pre > code').textContent${edition} }),
    }));
</script>`;

let folder;
let site;

before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'broken-'));
    await writeFile(join(folder, 'index.html'), html());
    site = await open(folder);
});

after(async () => {
    await site.close();
    await rm(folder, { recursive: true });
});

let count = 0;

/** A page with these parts. */
const page = async (parts, options) => {
    count += 1;
    await writeFile(join(folder, `${count}.html`), html(parts));
    const it = await site.page({ viewport: { width: 360, height: 640 }, ...options });
    await it.goto(site.url(`${count}.html`), { waitUntil: 'networkidle' });
    return it;
};

const judgements = { structure, overflow, axe, links, log: it => site.complaints(it) };

/** What each of the judgements says of the page, without those that say nothing. */
const judged = async parts => {
    const it = await page(parts);
    const found = {};
    for (const [name, judge] of Object.entries(judgements)) {
        const complaints = await judge(it);
        if (complaints.length) found[name] = complaints.join('\n');
    }
    await it.context().close();
    return found;
};

test('a page without fault has no complaint', async () => {
    assert.deepEqual(await judged(), {});
});

for (const [what, parts, expected] of [
    ['a second h1', { main: '<h1>Another</h1>' }, { structure: /2 <h1>, not one: "A page", "Another"/ }],
    ['no h1', { title: '<h2>A page</h2>' }, { structure: /0 <h1>, not one/, axe: /page-has-heading-one/ }],
    ['an id that is there twice', { main: '<p id="a">A</p><p id="a">B</p>' }, { structure: /id "a" is there twice/ }],
    ['a control that is no link', { main: '<nav><a onclick="">Unfold</a></nav>' },
        { structure: /does not reach <a onclick/ }],
    ['a button without a name', { main: '<button></button>' }, { axe: /^button-name .*: button: <button>/ }],
    ['an image without a text', { main: '<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">' },
        { axe: /^image-alt / }],
    ['text that can hardly be read', { main: '<p style="color: #999; background: #fff">Pale.</p>' },
        { axe: /^color-contrast .*Pale.*2\.84/ }],
    ['a jump from h1 to h3', { main: '<h3>Deep</h3>' }, { axe: /^heading-order / }],
    ['a small target', { main: '<p><button style="width: 9px; height: 9px; padding: 0" aria-label="A"></button>'
        + '<button style="width: 9px; height: 9px; padding: 0" aria-label="B"></button></p>' }, { axe: /^target-size / }],
    ['a box that scrolls, out of reach of the keyboard', { main: '<pre style="max-width: 200px"><code style="display: block; '
        + `overflow-x: auto">${'long '.repeat(30)}</code></pre>` }, { axe: /^scrollable-region-focusable / }],
    ['an empty title of a column', { main: '<table><thead><tr><th></th><th>A</th></tr></thead>'
        + '<tbody><tr><td>b</td><td>1</td></tr></tbody></table>' }, { axe: /^empty-table-header / }],
    ['a word too long for a phone', { main: `<p class="it">${'long'.repeat(40)}</p>` },
        { overflow: /the page is \d+ px wide/ }],
    ['a box too wide for a phone', { main: '<div class="wide" style="width: 500px">Wide</div>' },
        { overflow: /<div\.wide> "Wide" goes from 8 to 508 px, beyond 0 to 360 px/ }],
    ['the same, cut off', { head: '<style>body { overflow-x: hidden }</style>',
        main: '<div class="wide" style="width: 500px">Wide</div>' }, { overflow: /<div\.wide> "Wide" goes/ }],
    ['the same, in what scrolls and should not', {
        main: '<div style="overflow: auto" tabindex="0"><p style="width: 500px">Wide</p></div>',
    }, { overflow: /<p> "Wide" goes/ }],
    ['an error of a script', { main: '<script>missing();</script>' }, { log: /missing is not defined/ }],
    ['an error on the console', { main: '<script>console.error("no good");</script>' },
        { log: /the console says: no good/ }],
    ['a request to another host', { main: '<script>fetch("https://example.com/a").catch(() => {});</script>' },
        { log: /it asked another host: https:\/\/example\.com\/a/ }],
    ['a file that is not there', { main: '<img src="gone.png" alt="A">' },
        { links: /404 for \/gone\.png/, log: /404: .*gone\.png/ }],
    ['a link to a page that is not there', { main: '<p><a href="gone.html">A</a></p>' },
        { links: /404 for \/gone\.html, which this asks for: <a href/ }],
    ['a link to a place that is not there', { main: '<p><a href="index.html#gone">A</a></p>' },
        { links: /\/index\.html has no id "gone"/ }],
]) {
    test(`there is a complaint about ${what}, and no other`, async () => {
        const found = await judged(parts);
        assert.deepEqual(Object.keys(found), Object.keys(expected), JSON.stringify(found, null, 2));
        for (const [judge, pattern] of Object.entries(expected)) assert.match(found[judge], pattern);
    });
}

test('what scrolls and may, has no complaint', async () => {
    const code = `<pre><code tabindex="0" style="display: block; overflow-x: auto">${'long '.repeat(30)}</code></pre>`;
    assert.deepEqual(await judged({ main: code }), {});
});

test('a page that logged an error does not pass at its end', async () => {
    const it = await page({ main: '<script>console.error("no good");</script>' });
    await assert.rejects(site.done(it), /no good/);
});

test('there is a complaint about programs that the Playground would not run', { timeout: 500_000 }, async () => {
    const programs = [];
    for (const [code, edition] of [
        ['fn main() { tokio::spawn(async {}); }', ', edition: "2024"'],
        ['fn main() { serde::missing(); }', ', edition: "2024"'],
        ['fn start() {}', ', edition: "2024"'],
        ['fn main() {}', ''],
        ['fn main() {}', ', edition: "2018"'],
    ]) {
        const it = await page({ main: block(code, edition) });
        const [{ where, ...rest }] = await sent(it);
        assert.equal(where, 'examples/broken/src/bin/one.rs');
        programs.push({ where: `${programs.length}`, ...rest });
        await it.context().close();
    }
    const found = (await compiled(programs, 'broken')).sort();
    assert.equal(found.length, 4, found.join('\n'));
    assert.match(found[0], /^1: it does not compile on the Playground:\nerror.*serde/s);
    assert.match(found[1], /^2: .*`main` function not found/s);
    assert.match(found[2], /^3: it is sent for the edition undefined, not 2024/);
    assert.match(found[3], /^4: it is sent for the edition 2018, not 2024/);
});
