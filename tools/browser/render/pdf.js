// The book as one PDF: its page of all pages, `print.html`, as Chromium prints it.

import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FONTS } from './fonts.js';
import { open } from '../site.js';

/* On paper. All else is as the page has it in print. The letters are those of the machine that prints,
 * and so the same whoever reads. */
const STYLES = `
@page {
    size: A4;
    margin: 18mm 17mm 20mm;
}

:root {
    --mono-font: "DejaVu Sans Mono", "Liberation Mono", Menlo, Consolas, monospace;
    font-size: 10px;
}

:root, body, .page-wrapper, .page, .content, main {
    background: #fff !important;
    color: #000;
}

body {
    font-family: ${FONTS};
    font-size: 10pt;
}

h1, h2, h3, h4, dt {
    break-after: avoid;
}

.content main {
    max-width: none;
}

.content main > * {
    max-width: none !important;
}

/* All is drawn, and so can be copied, in its turn. */
.content main * {
    position: static !important;
}

/* The longest lines, of 100 letters, fit; what is longer wraps. */
pre {
    padding: 0 !important;
    orphans: 5;
    widows: 5;
}

pre.long, pre.long > code {
    break-inside: auto !important;
}

pre, pre > code {
    overflow: visible !important;
    white-space: pre-wrap !important;
    overflow-wrap: anywhere;
}

pre > code {
    font-family: var(--mono-font);
    font-size: 7.6pt !important;
    padding: 0.6em 0.8em !important;
    line-height: 1.35;
    print-color-adjust: exact;
}

p:has(+ pre), p:has(+ figure) {
    break-after: avoid;
}

.content :is(p, ul, ol, dl, dd) {
    line-height: 1.45 !important;
}

h2 {
    margin-block-start: 1.6em !important;
}

.diagram > img {
    width: calc(0.75 * var(--diagram-width));
}

svg.plot {
    max-width: 115mm !important;
}

tr, dd, figure, svg {
    break-inside: avoid;
}

.table-wrapper {
    overflow: visible;
}

.pdf-title {
    break-after: page;
    padding-block-start: 60mm;
    text-align: center;
}

.pdf-title > :first-child {
    font-size: 28pt;
    font-weight: bold;
}
`;

/** The width of the text on it, in CSS pixels. */
const WIDTH = Math.floor((210 - 2 * 17) / 25.4 * 96);

const FOOTER = `<div style="width: 100%; font: 8px ${FONTS.replaceAll('"', "'")}; text-align: center">
    <span class="pageNumber"></span>
</div>`;

/**
 * Prints `print.html` of `site` into `file`.
 *
 * @returns what there is to tell
 * @throws if the site has no such page, or a picture of it is missing
 */
export async function pdf(site, file) {
    const server = await open(site);
    try {
        const page = await server.page();
        // The page prints itself when it is loaded.
        await page.addInitScript(() => { window.print = () => {}; });
        await page.goto(server.url('print.html'));
        await page.emulateMedia({ media: 'print' });
        await page.addStyleTag({ content: STYLES });
        await page.evaluate(async () => {
            // Also what is far down, and would be loaded when it is scrolled to.
            const images = [...document.images].filter(it => getComputedStyle(it).display !== 'none');
            await Promise.all(images.map(it => {
                it.loading = 'eager';
                return it.decode().catch(() => { throw new Error(`can't load ${it.src}`); });
            }));
            // Nothing but the text: no menu, no buttons.
            const main = document.querySelector('main');
            for (let it = main; it !== document.body; it = it.parentElement) {
                [...it.parentElement.children].filter(other => other !== it)
                    .forEach(other => other.remove());
            }
            main.querySelectorAll('.buttons, button, script, noscript').forEach(it => it.remove());

            // Lines of code stay on one page, unless they are many.
            main.querySelectorAll('pre').forEach(it => {
                it.classList.toggle('long', it.textContent.split('\n').length > 15);
            });

            // The colors of code as ranges: a PDF describes each element of the page, for readers who
            // listen, and words of code are no parts of a text.
            const ranges = new Map(); // color -> ranges
            main.querySelectorAll('pre code').forEach(code => {
                code.querySelectorAll('span').forEach(it => {
                    if (getComputedStyle(it).display === 'none') it.remove();
                });
                const words = [...code.querySelectorAll('span')].map(it => {
                    const { color } = getComputedStyle(it);
                    const start = document.createRange();
                    start.setStart(code, 0);
                    start.setEndBefore(it);
                    const from = start.toString().length;
                    return { color, from, to: from + it.textContent.length };
                });
                if (!words.length) return;
                const text = document.createTextNode(code.textContent);
                code.replaceChildren(text);
                words.forEach(({ color, from, to }) => {
                    if (!ranges.has(color)) ranges.set(color, new Highlight());
                    ranges.get(color).add(new StaticRange({
                        startContainer: text, startOffset: from, endContainer: text, endOffset: to,
                    }));
                });
            });
            const colors = [...ranges].map(([color, highlight], index) => {
                highlight.priority = index; // a word within a word comes later
                CSS.highlights.set(`color-${index}`, highlight);
                return `::highlight(color-${index}) { color: ${color}; }`;
            });
            document.head.append(Object.assign(document.createElement('style'), {
                textContent: colors.join('\n'),
            }));

            const title = document.createElement('div');
            title.className = 'pdf-title';
            title.append(...[document.title, `The authors of ${document.title}`].map(text => {
                const line = document.createElement('p');
                line.textContent = text;
                return line;
            }));
            main.prepend(title);
        });
        await page.setViewportSize({ width: WIDTH, height: 1000 });
        const clipped = await page.evaluate(() => {
            const main = document.querySelector('main');
            const end = main.getBoundingClientRect().right + 1;
            return [...main.querySelectorAll('*')]
                .filter(it => getComputedStyle(it).display !== 'inline'
                    && it.getBoundingClientRect().right > end
                    || it.matches('pre, pre > code') && it.scrollWidth > it.clientWidth)
                .map(it => `${it.localName}: ${it.textContent.trim().slice(0, 60)}`);
        });
        if (clipped.length) {
            throw new Error(`print.html: too wide for a page:\n${clipped.join('\n')}\n`
                + 'mend: the chapter, or STYLES in tools/browser/render/pdf.js');
        }
        const content = await page.pdf({
            preferCSSPageSize: true,
            printBackground: true,
            tagged: true,
            outline: true,
            displayHeaderFooter: true,
            headerTemplate: '<span></span>',
            footerTemplate: FOOTER,
        });
        await server.done(page);
        await writeFile(file, reproducible(content));
        return `${(content.length / 1024 / 1024).toFixed(1)} MiB: ${file}`;
    } finally {
        await server.close();
    }
}

/** The PDF with the time of the book in place of that of the clock, and with numbers of its own in place
 * of those that this browser counts: the same book is the same file. */
function reproducible(content) {
    const date = new Date(modified() * 1000).toISOString().replace(/\D/g, '').slice(0, 14);
    const text = content.toString('latin1');
    const nodes = [...new Set(text.match(/\bnode\d{8}\b/g))].sort();
    const numbers = new Map(nodes.map((node, index) => [node, index]));
    return Buffer.from(text
        .replace(
            /\/(CreationDate|ModDate) \(D:\d{14}\+00'00'\)/g,
            (_, name) => `/${name} (D:${date}+00'00')`,
        )
        .replace(/\bnode\d{8}\b/g, it => `node${String(numbers.get(it)).padStart(8, '0')}`), 'latin1');
}

/** The time of the book, in seconds: SOURCE_DATE_EPOCH, or that of the last commit, or the present one,
 * for a copy that is no checkout. */
function modified() {
    const cwd = dirname(fileURLToPath(import.meta.url));
    const commit = () => {
        try {
            return execFileSync('git', ['log', '-1', '--format=%ct'], { cwd, stdio: 'pipe' });
        } catch {
            return Math.floor(Date.now() / 1000);
        }
    };
    const seconds = Number(process.env.SOURCE_DATE_EPOCH ?? commit());
    if (!Number.isInteger(seconds) || seconds <= 0) {
        throw new Error('the time of the book is not known\n'
            + 'mend: set SOURCE_DATE_EPOCH to seconds since 1970');
    }
    return seconds;
}
