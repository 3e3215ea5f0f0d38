// What is wrong with a page: each function takes a page of Playwright, looks at it as it is on view,
// and returns a list of complaints, as text. No complaint, no fault.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What has a use for scrolling sideways; everything else has to fit. */
const SCROLLS = 'main pre > code, main .table-wrapper, main .diagram';

/** The rules of axe that a change of colors alone can break. */
export const COLORS = ['color-contrast', 'link-in-text-block'];

/** What moves has arrived: colors and places are judged where they end. */
const settle = page => page.evaluate(() => document.getAnimations()
    .filter(it => it.effect.getComputedTiming().endTime !== Infinity)
    .forEach(it => it.finish()));

/** One title, one main part, a language, a title for the tab. */
export const structure = page => page.evaluate(() => {
    const found = [];
    const titles = [...document.querySelectorAll('h1')];
    if (titles.length !== 1) {
        const texts = titles.map(it => `"${it.textContent.trim()}"`);
        found.push(`there are ${titles.length} <h1>, not one: ${texts.join(', ') || 'none'}`);
    }
    const ids = new Set();
    for (const { id } of document.querySelectorAll('[id]')) {
        if (ids.has(id)) found.push(`the id "${id}" is there twice`);
        ids.add(id);
    }
    const mains = document.querySelectorAll('main').length;
    if (mains !== 1) found.push(`there are ${mains} <main>, not one`);
    for (const it of document.querySelectorAll('nav a:not([href])')) {
        found.push(`the Tab key does not reach ${it.outerHTML.slice(0, 100)}`);
    }
    if (!document.documentElement.lang) found.push('<html> has no lang');
    if (!document.title.trim()) found.push('<title> is empty');
    return found;
});

/**
 * What is wider than the page. The document itself hides what sticks out of it, so this looks for boxes
 * that end beyond the window, or beyond an ancestor that would cut them off or scroll for them, unless
 * that ancestor is one that may.
 */
export const overflow = page => settle(page).then(() => page.evaluate(allowed => {
    const found = [];
    const root = document.documentElement;
    const width = root.clientWidth;
    if (root.scrollWidth > width) found.push(`the page is ${root.scrollWidth} px wide`);
    const name = it => {
        const text = it.textContent.trim().replace(/\s+/g, ' ').slice(0, 40);
        const id = it.id ? `#${it.id}` : '';
        return `<${it.tagName.toLowerCase()}${id}${[...it.classList].map(of => `.${of}`).join('')}> "${text}"`;
    };
    const sticksOut = (it, limit) => {
        const { left, right, width: own, height } = it.getBoundingClientRect();
        return own > 0 && height > 0 && (right > limit.right + 1 || left < limit.left - 1);
    };
    // From the outside to the inside: of what sticks out, the outermost is named.
    const walk = (element, limit) => {
        for (const it of element.children) {
            const style = getComputedStyle(it);
            if (!it.checkVisibility({ visibilityProperty: true, opacityProperty: true })
                || it.matches('svg *') || it.inert) continue;
            // What is read aloud and not shown; the skip link before it has the focus.
            if (style.clipPath === 'inset(50%)' || style.transform !== 'none' && it.matches('.skip')) continue;
            if (sticksOut(it, limit)) {
                const { left, right } = it.getBoundingClientRect();
                found.push(`${name(it)} goes from ${Math.round(left)} to ${Math.round(right)} px, beyond `
                    + `${Math.round(limit.left)} to ${Math.round(limit.right)} px`);
                continue;
            }
            const cuts = style.overflowX !== 'visible';
            if (it.matches(allowed)) continue;
            if (cuts && style.textOverflow === 'ellipsis') continue; // it says that it is cut
            if (cuts && it.scrollWidth > it.clientWidth + 1 && it !== document.body) {
                const inner = { left: it.getBoundingClientRect().left + it.clientLeft };
                inner.right = inner.left + it.clientWidth;
                const before = found.length;
                walk(it, inner);
                if (found.length === before) found.push(`${name(it)} has ${it.scrollWidth} px in ${it.clientWidth}`);
                continue;
            }
            walk(it, limit);
        }
    };
    walk(document.body, { left: 0, right: width });
    return found;
}, SCROLLS));

/**
 * What axe-core finds, by its rules for WCAG 2.2, A and AA, and its best practices; or by `rules` only.
 * `isCovered`: something lies over the page, and what is below it is not to be hit.
 */
export async function axe(page, { rules, isCovered = false } = {}) {
    if (await page.evaluate(() => !window.axe)) await page.evaluate(AXE);
    await settle(page);
    return page.evaluate(async ([only, covered]) => {
        const { violations } = await window.axe.run(document, {
            resultTypes: ['violations'],
            // Not among those that axe runs unasked: that it is new is all that speaks against it.
            ...only ? { runOnly: { type: 'rule', values: only } }
                : { rules: { 'target-size': { enabled: !covered } } },
        });
        return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target, html, any, all, none }) => {
            const [why] = [...any, ...all, ...none].map(it => it.message);
            return `${id} (${help}): ${target.flat().join(' ')}: ${html.slice(0, 120)}: ${why}`;
        }));
    }, [rules, isCovered]);
}

/** What is known of the files of a site: URL -> status and the ids in it. */
const known = new Map();
const fetched = url => {
    if (!known.has(url)) {
        known.set(url, fetch(url).then(async answer => ({
            status: answer.status,
            ids: new Set((await answer.text()).match(/(?<=\sid=")[^"]+/g)),
        })));
    }
    return known.get(url);
};

/** Links, pictures and scripts that lead to no file of the site, or to no place of its page. */
export async function links(page) {
    const here = new URL(page.url());
    const all = await page.$$eval('[href], [src]', elements => elements
        .filter(it => !it.matches('base'))
        .map(it => [it.href?.baseVal ?? it.href ?? it.src, it.outerHTML.replace(/\s+/g, ' ').slice(0, 100)]));
    const found = [];
    for (const [address, html] of new Map(all)) {
        const url = new URL(address, here);
        if (url.origin !== here.origin) continue;
        const id = decodeURIComponent(url.hash.slice(1));
        [url.hash, url.search] = ['', ''];
        const { status, ids } = await fetched(url.href);
        if (status !== 200) found.push(`${status} for ${url.pathname}, which this asks for: ${html}`);
        else if (id && !ids.has(id)) found.push(`${url.pathname} has no id "${id}", which this asks for: ${html}`);
    }
    return found;
}
