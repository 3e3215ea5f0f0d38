// The pictures that stand for the pages where somebody shares their address: 1200 by 630 pixels.

import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { FONTS } from './fonts.js';
import { open, pages } from '../site.js';

/** How large a picture is, at most: some services show none that takes long. In bytes. */
const LIMIT = 48 * 1024;

/** Flat colors, and nothing else: such a picture is small. The bars are those of the book's icon. */
const TEMPLATE = `<!DOCTYPE html>
<style>
* {
    box-sizing: border-box;
    margin: 0;
}

body {
    display: flex;
    flex-direction: column;
    width: 100vw;
    height: 100vh;
    padding: 7vw 7vw 6vw;
    background: #14181f;
    color: #eceff3;
    font-family: ${FONTS};
}

svg {
    width: 11vw;
    margin-bottom: auto;
}

h1 {
    font-size: 7vw;
    line-height: 1.15;
    letter-spacing: -0.01em;
    text-wrap: balance;
}

h1.long {
    font-size: 5.6vw;
}

@media (orientation: portrait) {
    svg {
        width: 24vw;
    }

    h1 {
        font-size: 9vw;
    }
}

p {
    margin-top: 4vw;
    color: #a9b4c0;
    font-size: 3vw;
}
</style>
<svg viewBox="0 0 11 7">
    <path d="M0 1.5h3m3 0h3" stroke="#fbbf24" stroke-width="3"/>
    <path d="M2 5.5h3m3 0h3" stroke="#7dd3fc" stroke-width="3"/>
</svg>
<h1></h1>
<p></p>`;

/**
 * Draws a card for each page of `site` into the folder `out`, and the cover of the book, which is
 * as high as it is for a book.
 *
 * @returns what there is to tell
 * @throws if a page has no heading, or a picture is too large
 */
export async function cards(site, out) {
    const server = await open(site);
    try {
        const reader = await server.page({ javaScriptEnabled: false });
        const painter = await server.page({ viewport: { width: 1200, height: 630 } });
        await painter.setContent(TEMPLATE);
        const paint = async (title, book) => {
            await painter.evaluate(([title, book]) => {
                const heading = document.querySelector('h1');
                heading.textContent = title;
                heading.classList.toggle('long', title.length > 30);
                document.querySelector('p').textContent = book;
            }, [title, book]);
            return painter.screenshot();
        };

        await mkdir(out, { recursive: true });
        for (const old of await readdir(out)) {
            if (old.endsWith('.png')) await rm(join(out, old));
        }
        let book;
        let largest = 0;
        const all = await pages(site);
        for (const path of all) {
            await reader.goto(server.url(path), { waitUntil: 'domcontentloaded' });
            const [heading, title] = await reader.evaluate(() => [
                document.querySelector('main h1')?.textContent.trim(),
                document.title,
            ]);
            if (!heading) throw new Error(`${path}: no heading\nmend: begin the chapter with \`# Title\``);
            book = title.split(' - ').at(-1);
            const card = await paint(heading, book);
            const file = `${path.replace(/\.html$/, '').replaceAll('/', '-')}.png`;
            if (card.length > LIMIT) {
                throw new Error(`${path}: its card has ${card.length} bytes, more than ${LIMIT}\n`
                    + 'mend: TEMPLATE in tools/browser/render/cards.js');
            }
            largest = Math.max(largest, card.length);
            await writeFile(join(out, file), card);
        }
        await painter.setViewportSize({ width: 1200, height: 1800 });
        await writeFile(join(out, 'cover.png'), await paint(book, `The authors of ${book}`));
        await Promise.all([server.done(reader), server.done(painter)]);
        return `${all.length} cards, up to ${(largest / 1024).toFixed(0)} KiB, and a cover: ${out}`;
    } finally {
        await server.close();
    }
}
