// The entries of the FAQ, as the built pages have them.

/** The page that lists them all. */
export const LIST = 'faq/questions.html';

/**
 * The entries of these pages: `{ page, heading, url, message }`, the message as its lines. An entry
 * without a message has none.
 *
 * @param page a page of the site, which reads the others and shows nothing of them
 * @param paths the pages, as `pages()` gives them
 */
export async function entries(page, site, paths) {
    const urls = paths.filter(path => path.startsWith('faq/') && path !== LIST)
        .map(path => [path, site.url(path)]);
    return page.evaluate(async urls => {
        const found = [];
        for (const [path, url] of urls) {
            const html = await (await fetch(url)).text();
            const main = new DOMParser().parseFromString(html, 'text/html').querySelector('main');
            for (const heading of main.querySelectorAll(':scope > h2')) {
                let message;
                for (let it = heading.nextElementSibling; it && it.tagName !== 'H2'; it = it.nextElementSibling) {
                    const block = it.querySelector(':scope > code.language-text');
                    if (it.tagName !== 'PRE' || !block) continue;
                    // The first output of an entry, if it is the message.
                    if (/^The message.*:$/s.test(it.previousElementSibling.textContent.trim())) {
                        message = block.textContent;
                    }
                    break;
                }
                found.push({
                    page: path,
                    heading: heading.textContent.trim(),
                    url: `${path}#${heading.id}`,
                    message: message?.split('\n') ?? [],
                });
            }
        }
        return found;
    }, urls);
}

/** What stands below every error of the compiler's, whatever it is about. */
const CLOSING = [
    /^error: aborting due to/,
    /^error: could not compile/,
    /^\s*(= note: )?for more information\b/i,
];

/** The words of a line that the search looks for; `ignored` are the ones that it does not. */
const words = (line, ignored) => line.toLowerCase().split(/[^\p{Letter}\d_']+/u)
    .filter(word => /\p{Letter}/u.test(word) && !ignored.has(word));

/**
 * Whether a reader finds something by this line of a message. Left out, in what the compiler says, are
 *
 * - the quoted source, `12 |     let x…`, and what it is to become, `12 +     let x…`: in the
 *   reader's message it is the reader's own;
 * - the places, `--> src/main.rs:12:4` and `::: src/lib.rs:3:4`;
 * - the closing lines;
 *
 * and everywhere the lines of fewer than three words, such as `...`, `|    ---` and `help: consider`,
 * not counting those that the search does not look for: of ``this is not `async` `` it takes one. A
 * label with a text, `|   ^^^ future created by async block is not Send`, counts.
 */
export function isTelling(line, ignored) {
    if (/^\s*\d+\s*[|+~-](\s|$)/.test(line) || /^\s*(-->|:::)\s/.test(line)) return false;
    if (CLOSING.some(closing => closing.test(line))) return false;
    return words(line, ignored).length >= 3;
}

/**
 * The searches that have to lead to an entry: the first line of its message, and each other that is
 * telling, with the entries of which one has to be among the first results. That is the entry itself;
 * where others have a line with the same words, any of them: the search sees no signs, and takes
 * `expected `()`, found future` for a part of `expected `u32`, found future`.
 *
 * @param ignored the words that the search does not look for
 * @returns `[{ entry, searches: [{ line, wanted: [url] }] }]`
 */
export function searches(all, ignored) {
    const said = all.map(({ url, message }) => ({
        url,
        lines: message.map(line => new Set(words(line, ignored))),
    }));
    const wanted = line => said
        .filter(({ lines }) => lines.some(it => words(line, ignored).every(word => it.has(word))))
        .map(({ url }) => url);
    return all.map(entry => ({
        entry,
        searches: [...new Set(entry.message)]
            .filter((line, index) => line && (index === 0 || isTelling(line, ignored)))
            .map(line => ({ line, wanted: wanted(line) })),
    }));
}

/** So many results a reader looks at. */
export const FIRST = 3;

/**
 * What there is to say of the searches of an entry, if one did not lead to it.
 *
 * @param results the results of each search, as paths with the id of a heading
 */
export function complaint({ entry, searches: all }, results) {
    const missed = all.flatMap(({ line, wanted }, index) => {
        const first = results[index].slice(0, FIRST);
        if (first.some(it => wanted.includes(it))) return [];
        const found = first.length ? first.map((it, at) => `    ${at + 1}. ${it}`) : ['    no result'];
        return [`  ${line}`, ...found];
    });
    return missed.length ? [`${entry.page}: "${entry.heading}" is not found by`, ...missed].join('\n') : undefined;
}
