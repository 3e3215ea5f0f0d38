// The diagrams of the book as files. The built page itself draws them, theme/diagrams.js in each of
// its palettes, so that they are what `cargo xtask serve` shows. What is added here makes each
// drawing stand alone: its styles, its size, its letters.

import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { optimize } from 'svgo';
import { FONTS } from './fonts.js';
import { open, pages } from '../site.js';

/** What a file's palette is called -> mdBook's theme. */
const PALETTES = { light: 'light', dark: 'navy' };

/** How wide Arial is: this text, with letters of 100 pixels. */
const MEASURE = { text: 'Every task waits', width: 722.4 };

/**
 * Draws each diagram of the pages of `book` in both palettes, into the folder `out`.
 *
 * @returns what there is to tell
 * @throws if a diagram can't be drawn, or has no title
 */
export async function diagrams(book, out) {
    const site = await open(book);
    const found = new Map(); // hash -> what diagrams.json says of it, and `files`
    try {
        const chapters = [];
        for (const path of await pages(book)) {
            const html = await readFile(join(book, path), 'utf8');
            if (/<pre class="mermaid/.test(html)) chapters.push(path);
        }
        for (const [palette, theme] of Object.entries(PALETTES)) {
            const page = await site.page({ theme });
            await page.addInitScript(fonts => {
                if (window !== window.top) return;
                const sheet = new CSSStyleSheet();
                sheet.replaceSync(`body { font-family: ${fonts} !important; }`);
                document.adoptedStyleSheets.push(sheet);
            }, FONTS);
            for (const path of chapters) {
                await page.goto(site.url(path));
                await checkFont(page);
                for (const drawn of await draw(page, path)) add(found, palette, path, drawn);
            }
            await site.done(page);
        }
    } finally {
        await site.close();
    }

    await mkdir(out, { recursive: true });
    for (const old of await readdir(out)) {
        if (/^[0-9a-f]{16}\.(light|dark)\.svg$/.test(old)) await rm(join(out, old));
    }
    const list = [...found.values()].sort((a, b) => (a.hash < b.hash ? -1 : 1));
    let bytes = 0;
    for (const { hash, files } of list) {
        for (const [palette, svg] of Object.entries(files)) {
            await writeFile(join(out, `${hash}.${palette}.svg`), svg);
            bytes += svg.length;
        }
    }
    const table = list.map(({ files, ...rest }) => rest);
    await writeFile(join(out, 'diagrams.json'), `${JSON.stringify(table, null, 2)}\n`);
    return `${list.length} diagrams, ${(bytes / 1024).toFixed(0)} KiB in two palettes: ${out}`;
}

/** @throws if labels would be measured with letters of another width than readers have */
async function checkFont(page) {
    const width = await page.evaluate(([fonts, text]) => {
        const context = document.createElement('canvas').getContext('2d');
        context.font = `100px ${fonts}`;
        return context.measureText(text).width;
    }, [FONTS, MEASURE.text]);
    if (Math.abs(width - MEASURE.width) > 5) {
        throw new Error(`no font here is as wide as Arial (${width.toFixed(1)} instead of `
            + `${MEASURE.width}), so the labels of the diagrams would not fit\n`
            + 'mend: install Liberation Sans (Debian: fonts-liberation)');
    }
}

/** Has the page draw its diagrams; for each, the text it is made from, and its drawing. */
async function draw(page, path) {
    const errors = [];
    const listen = message => {
        // Without the lines of its stack.
        if (message.type() === 'error') errors.push(message.text().replace(/\n {4}at .*/g, ''));
    };
    page.on('console', listen);
    // What is drawn when it comes near the viewport is drawn before printing too.
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.waitForFunction(() => [...document.querySelectorAll('pre.mermaid')].every(it => (
        it.nextElementSibling?.matches('.diagram:has(svg)')
        || it.previousElementSibling?.matches('.diagram-error')
    )), undefined, { timeout: 60_000 });
    page.off('console', listen);
    if (errors.length || await page.$('.diagram-error')) {
        throw new Error(`${path}: ${errors.join('\n') || 'a diagram could not be drawn'}\n`
            + 'mend: correct the `mermaid` block of that title in the chapter');
    }
    const sources = await page.$$eval('pre.mermaid', all => all.map(it => it.textContent.trim()));
    const drawings = await page.$$eval('pre.mermaid + .diagram > svg', standAlone,
        sources.map(it => `d${hashOf(it)}`));
    return drawings.map((drawing, index) => ({ source: sources[index], ...drawing }));
}

/** The first 16 hex digits of the SHA-256 of a diagram's source: the name of its files. */
function hashOf(source) {
    return createHash('sha256').update(source).digest('hex').slice(0, 16);
}

/**
 * Makes each of the drawings one that needs no page: its styles become attributes of its elements.
 * Runs in the page; `ids` are those that the drawings get.
 */
function standAlone(drawings, ids) {
    const LOOKS = [
        'fill', 'fill-opacity', 'font-family', 'font-size', 'font-style', 'font-weight', 'opacity',
        'paint-order', 'stroke', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin',
        'stroke-opacity', 'stroke-width', 'dominant-baseline', 'text-anchor', 'rx', 'ry',
    ];
    const NAMES = ['class', 'name', 'style', 'alignment-baseline'];
    // A page without styles: what an element looks like there without a word about it.
    const frame = document.body.appendChild(document.createElement('iframe'));
    const blank = frame.contentDocument;

    const results = drawings.map((drawing, index) => {
        const svg = blank.importNode(drawing, true);
        blank.body.replaceChildren(svg);
        const copies = [svg, ...svg.querySelectorAll('*')];
        const elements = [drawing, ...drawing.querySelectorAll('*')].map((it, n) => [it, copies[n]]);
        for (const [, it] of elements) {
            for (const { name } of [...it.attributes]) {
                const looks = LOOKS.includes(name) || NAMES.includes(name);
                if (looks || /^(aria|data)-/.test(name)) it.removeAttribute(name);
            }
        }
        svg.querySelectorAll('style, rect:not([width])').forEach(it => it.remove());
        for (const [original, it] of elements) { // parents first: children inherit
            if (!it.isConnected) continue;
            const [wanted, has] = [getComputedStyle(original), getComputedStyle(it)];
            for (const name of LOOKS) {
                const value = wanted.getPropertyValue(name);
                if (value !== has.getPropertyValue(name)) it.setAttribute(name, value);
            }
        }
        // The words of a line are elements of their own, for bold ones.
        svg.querySelectorAll('tspan:has(> tspan)').forEach(line => {
            if ([...line.children].every(it => !it.attributes.length)) {
                line.replaceChildren(line.textContent);
            }
        });

        // A label's halo hides the line behind it: a text of its own, for programs that would draw it
        // over the letters.
        svg.querySelectorAll('text:is([paint-order], :has([paint-order]))').forEach(label => {
            const halo = label.cloneNode(true);
            label.before(halo);
            [halo, ...halo.querySelectorAll('*')].forEach(it => it.removeAttribute('paint-order'));
            [label, ...label.querySelectorAll('*')].forEach(it => {
                ['paint-order', 'stroke', 'stroke-width'].forEach(name => it.removeAttribute(name));
            });
        });

        // Symbols and arrowheads that nothing shows, ids that nothing names.
        const markup = svg.outerHTML;
        const isNamed = id => [`(#${id})`, `(&quot;#${id}&quot;)`, `href="#${id}"`]
            .some(it => markup.includes(it));
        svg.querySelectorAll(':is(marker, symbol, filter, linearGradient)').forEach(it => {
            if (!isNamed(it.id)) it.remove();
        });
        const names = [...svg.querySelectorAll('[id]')].filter(it => {
            if (isNamed(it.id)) return true;
            it.removeAttribute('id');
            return false;
        }).map((it, n) => [it.id, `${ids[index]}-${n}`]);
        svg.id = ids[index];

        const { width, height } = drawing.viewBox.baseVal;
        const size = { width: Math.ceil(width), height: Math.ceil(height) };
        svg.setAttribute('width', size.width);
        svg.setAttribute('height', size.height);
        svg.setAttribute('role', 'img');
        let text = new XMLSerializer().serializeToString(svg);
        for (const [from, to] of names.sort(([a], [b]) => b.length - a.length)) {
            text = text.replaceAll(`#${from}`, `#${to}`).replaceAll(`id="${from}"`, `id="${to}"`);
        }
        const said = name => svg.querySelector(`:scope > ${name}`)?.textContent.trim();
        return { title: said('title'), description: said('desc'), ...size, svg: text };
    });
    frame.remove();
    return results;
}

/** Adds a drawing to those that were found. */
function add(found, palette, path, { source, svg, ...rest }) {
    if (!rest.title || !rest.description) {
        throw new Error(`${path}: a diagram has no title or no description:\n${source}\n`
            + 'mend: add the lines `accTitle:` and `accDescr:` to it');
    }
    const hash = hashOf(source);
    const entry = found.get(hash) ?? { hash, ...rest, files: {} };
    found.set(hash, entry);
    entry.files[palette] = small(svg, `${path}: ${rest.title}`);
}

/** The drawing as a file: small, and nothing in it that leads out of it. */
function small(svg, where) {
    const { data } = optimize(svg, {
        multipass: true,
        floatPrecision: 2,
        plugins: [
            {
                name: 'preset-default',
                params: {
                    overrides: {
                        cleanupIds: false,
                        removeDesc: false,
                        removeUnknownsAndDefaults: { keepRoleAttr: true, keepAriaAttrs: true },
                    },
                },
            },
            'removeXlink',
        ],
    });
    const alien = data.match(
        /<script|<foreignObject|<image|<use|\son\w+=|@import|url\((?!["']?#)|(?:href|src)=["'](?!#)/i,
    );
    if (alien) throw new Error(`${where}: its drawing has \`${alien[0]}\`, which a picture can't have`);
    for (const part of ['<title', '<desc', 'role="img"', 'viewBox=']) {
        if (!data.includes(part)) throw new Error(`${where}: its drawing has lost its \`${part}\``);
    }
    return `${data}\n`;
}
