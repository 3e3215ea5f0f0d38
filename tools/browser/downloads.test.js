// The files that readers take with them: the PDF and the EPUB, as the programs see them that show such
// files and check them.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { SITE, open, pages } from './site.js';

/** What Debian's package has, beside a command that needs more packages to run. */
const EPUBCHECK = '/usr/share/java/epubcheck.jar';

/** The margin of the PDF's pages, in points: 17 mm. */
const MARGIN = 17 / 25.4 * 72;

let pdf;
let epub;
/** What each page says, by its path: its heading, and its code as it is shown. */
const chapters = new Map();
/** The text of the PDF, without the numbers of its pages and without space: it wraps at will. */
let text;

/** What a program prints. @throws if it is missing, or fails */
function run(name, ...args) {
    try {
        return execFileSync(name, args, { encoding: 'utf8', maxBuffer: 1 << 28, stdio: 'pipe' });
    } catch (error) {
        if (error.code === 'ENOENT') {
            throw new Error(`there is no ${name}: \`bash tools/browser/run\` tells what to install`);
        }
        throw new Error(`${name} ${args.join(' ')}:\n${error.stdout}${error.stderr}`);
    }
}

const packed = it => it.replace(/\s+/g, '');

const decoded = it => it.replace(/&(lt|gt|quot|apos|amp|#(\d+));/g, (_, name, code) => (
    code ? String.fromCodePoint(Number(code)) : { lt: '<', gt: '>', quot: '"', apos: '\'', amp: '&' }[name]
));

before(async () => {
    const files = await readdir(SITE);
    [pdf, epub] = ['.pdf', '.epub'].map(ending => {
        const found = files.filter(it => it.endsWith(ending));
        assert.equal(found.length, 1, `${SITE} has ${found.length} files *${ending}, not one`);
        return join(SITE, found[0]);
    });
    text = packed(run('pdftotext', '-raw', pdf, '-').replace(/\n\s*\d+\s*\f/g, '\n'));

    const site = await open();
    const page = await site.page({ javaScriptEnabled: false });
    for (const path of await pages()) {
        await page.goto(site.url(path), { waitUntil: 'domcontentloaded' });
        chapters.set(path, await page.evaluate(() => ({
            heading: document.querySelector('main h1').textContent.trim(),
            code: [...document.querySelectorAll('main pre > code')].map(it => {
                const copy = it.cloneNode(true);
                copy.querySelectorAll('.boring').forEach(hidden => hidden.remove());
                return copy.textContent;
            }),
        })));
    }
    await site.done(page);
    await site.close();
    assert.ok(chapters.size > 20, `the site has ${chapters.size} chapters`);
});

test('the PDF has a bookmark for each chapter', () => {
    const outline = run('pdftohtml', '-xml', '-i', '-stdout', '-f', '1', '-l', '1', pdf)
        .match(/<outline>[^]*<\/outline>/)?.[0] ?? '';
    let depth = 0;
    const found = [];
    for (const [, tag, title] of outline.matchAll(/<(\/?outline|item[^>]*)>([^<]*)/g)) {
        if (tag === 'outline') depth += 1;
        else if (tag === '/outline') depth -= 1;
        else if (depth === 1) found.push(decoded(title).trim());
    }
    const headings = [...chapters.values()].map(it => it.heading);
    assert.deepEqual(found.sort(), headings.sort());
});

test('the PDF is tagged and A4', () => {
    const info = run('pdfinfo', pdf);
    assert.match(info, /^Tagged: +yes$/m);
    assert.match(info, /^Page size: .*\(A4\)$/m);
});

test('the PDF has the heading and all the code of each chapter', () => {
    let blocks = 0;
    for (const [path, { heading, code }] of chapters) {
        assert.ok(text.includes(packed(heading)), `${path}: no \`${heading}\``);
        for (const block of code) {
            assert.ok(text.includes(packed(block)), `${path}: not in the PDF, or cut off:\n${block}`);
            blocks += 1;
        }
    }
    assert.ok(blocks > 300, `the chapters have ${blocks} blocks of code`);
});

test('no word of the PDF reaches into the margin', () => {
    const boxes = run('pdftotext', '-bbox', pdf, '-');
    const width = Number(boxes.match(/<page width="([\d.]+)"/)[1]);
    const outside = [];
    let number = 0;
    for (const [, page, start, end, word] of boxes.matchAll(
        /<(page) |<word xMin="([\d.-]+)" yMin="[\d.-]+" xMax="([\d.-]+)" yMax="[\d.-]+">(.*?)<\/word>/g,
    )) {
        if (page) number += 1;
        else if (start < MARGIN - 1 || end > width - MARGIN + 1) outside.push(`${number}: ${word}`);
    }
    assert.ok(number > 100, `the PDF has ${number} pages`);
    assert.deepEqual(outside, []);
});

test('the PDF has the diagrams', async () => {
    const folder = join(SITE, 'diagrams');
    const drawings = (await readdir(folder)).filter(it => it.endsWith('.light.svg'));
    assert.ok(drawings.length > 20, `the site has ${drawings.length} diagrams`);
    for (const file of drawings) {
        const svg = await readFile(join(folder, file), 'utf8');
        const labels = [...svg.matchAll(/<(?:text|tspan)[^>]*>([^<]+)</g)].map(it => decoded(it[1]));
        assert.ok(labels.length > 2, `${file} has ${labels.length} labels`);
        const missing = labels.filter(it => !text.includes(packed(it)));
        assert.deepEqual(missing, [], `${file}: labels that are not in the PDF`);
    }
});

test('the EPUB is as the standard wants it', () => {
    const command = existsSync(EPUBCHECK) ? ['java', '-jar', EPUBCHECK] : ['epubcheck'];
    run(...command, '--failonwarnings', epub);
});
