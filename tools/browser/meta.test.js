// What a page says of itself to search engines and previews, and where its foot leads.

import assert from 'node:assert/strict';
import { readFile, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { open, pages, SITE } from './site.js';

const URL_ = process.env.SITE_URL;
const REPOSITORY = process.env.MDBOOK_OUTPUT__HTML__GIT_REPOSITORY_URL;

let site;
/** path -> what its head and its foot say. */
let found;

before(async () => {
    assert.ok(URL_ && REPOSITORY, 'tools/browser/run sets the addresses of the tested site');
    site = await open();
    found = new Map();
    const page = await site.page({ javaScriptEnabled: false });
    for (const path of await pages()) {
        await page.goto(site.url(path));
        found.set(path, await page.evaluate(() => {
            const one = (selector, attribute) => {
                const all = [...document.querySelectorAll(selector)];
                return all.length === 1 ? all[0].getAttribute(attribute) : `${all.length} of them`;
            };
            const link = text => [...document.querySelectorAll('footer a')]
                .find(it => it.textContent.trim() === text)?.getAttribute('href');
            return {
                title: document.title,
                heading: document.querySelector('main h1').textContent,
                description: one('meta[name=description]', 'content'),
                canonical: one('link[rel=canonical]', 'href'),
                ogTitle: one('meta[property="og:title"]', 'content'),
                ogUrl: one('meta[property="og:url"]', 'content'),
                card: one('meta[property="og:image"]', 'content'),
                edit: link('Edit this page'),
                report: link('Report a problem with this page'),
            };
        }));
    }
    await site.done(page);
});

after(() => site.close());

/** Fails with each page for which `problem` says one. */
const holds = problem => {
    const problems = [...found].map(([path, it]) => [path, problem(it, path)])
        .filter(([, it]) => it);
    assert.deepEqual(problems, []);
};

test('each page has a title and a description of its own', () => {
    for (const name of ['title', 'description', 'canonical', 'card']) {
        const seen = new Map();
        holds((it, path) => {
            if (!it[name]?.trim()) return `no ${name}`;
            if (seen.has(it[name])) return `the ${name} of ${seen.get(it[name])}`;
            seen.set(it[name], path);
            return undefined;
        });
    }
    holds(it => it.title.startsWith(it.heading.trim()) ? undefined : `${it.title}: ${it.heading}`);
    holds(it => it.ogTitle === it.heading.trim() ? undefined : it.ogTitle);
    holds(it => it.description.length > 40 && it.description.length <= 161 ? undefined : it.description);
});

test('each page says where it is', () => {
    const address = path => URL_ + (path === 'introduction.html' ? '' : path);
    holds((it, path) => it.canonical === address(path) ? undefined : it.canonical);
    holds(it => it.ogUrl === it.canonical ? undefined : it.ogUrl);
});

test('the sitemap lists each page once, and robots.txt the sitemap', async () => {
    const sitemap = await readFile(join(SITE, 'sitemap.xml'), 'utf8');
    const listed = [...sitemap.matchAll(/<loc>(.*?)<\/loc>/g)].map(([, it]) => it).sort();
    assert.deepEqual(listed, [...found.values()].map(it => it.canonical).sort());
    const robots = await readFile(join(SITE, 'robots.txt'), 'utf8');
    assert.match(robots, new RegExp(`^Sitemap: ${URL_}sitemap.xml$`, 'm'));
});

test('each page has a card, 1200 by 630, of less than 48 KiB', async () => {
    for (const { card } of found.values()) {
        const file = join(SITE, card.slice(URL_.length));
        const png = await readFile(file);
        assert.deepEqual([png.readUInt32BE(16), png.readUInt32BE(20)], [1200, 630], file);
        assert.ok((await stat(file)).size < 48 * 1024, `${file} is too big`);
    }
    const cards = (await readdir(join(SITE, 'cards'))).filter(it => it !== 'cover.png');
    assert.equal(cards.length, found.size);
});

test('the foot of each page leads to its source and to a report', () => {
    holds((it, path) => {
        const source = `src/${path.replace(/\.html$/, '.md')}`;
        return it.edit === `${REPOSITORY}/edit/main/${source}` ? undefined : it.edit;
    });
    holds((it, path) => {
        const report = `${REPOSITORY}/issues/new?template=mistake.yml&page=`;
        return it.report === report + path.replace(/\.html$/, '.md') ? undefined : it.report;
    });
});

test('an address that does not exist gets a page that helps, wherever it is', async () => {
    for (const path of ['nowhere.html', 'async/nowhere.html']) {
        const page = await site.page();
        const missing = page.waitForResponse(it => it.status() === 404);
        await page.goto(site.url(path));
        await missing;
        assert.match(await page.textContent('h1'), /no such page/i);
        const links = await page.$$eval('main a', all => all.map(it => it.href));
        assert.ok(links.some(it => it.endsWith('glossary.html')), links.join(' '));
        await page.context().close();
    }
});
