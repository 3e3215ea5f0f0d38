'use strict';

/* Shows the definition of a term where a page links it. The definitions are the glossary's, which
 * the build has put into the page (tools/xtask/src/terms.rs, which says why not by fetch).
 *
 * - Pointing at a term, or reaching it by keyboard, shows its definition as a tooltip: it stays
 *   while the pointer is on the term or on the definition, until Escape. The click and the Enter
 *   key follow the link, to the same definition with the same links in it. So the links of a
 *   tooltip are for the pointer, and the Tab key goes from term to term.
 * - Touch has no pointing: the first tap shows the definition as a small dialog with a link to the
 *   glossary and a button that closes it; a tap beside it, a second tap on the term, and Escape do
 *   too. It takes the focus, and gives it back.
 * - A screen reader reads the definition as the description of the link.
 *
 * Definitions lie at the end of <body>: not in the middle of the sentence that they explain, for
 * those who hear the page, and out of the way of the columns that move and clip. */
(() => {
    const data = document.getElementById('definitions');
    const links = [...document.querySelectorAll('main a[href*="glossary.html#"]')];
    // The page of the whole book has the definitions of all pages, and links within itself.
    if (!data || !links.length) return;

    const texts = document.createElement('template');
    texts.innerHTML = data.textContent;

    const SHOW_AFTER = 150; // ms: a pointer on its way to elsewhere shows nothing
    const HIDE_AFTER = 300; // ms: time to get from the term to its definition
    const MARGIN = 8; // px, to the edges of the window

    let open; // { card, link, modal: whether it is a dialog }
    let timer;
    let touched = false; // whether the last press on a term was by touch
    let returning = false; // whether the focus comes back from a definition that was closed

    // A landmark, for those who go by them; hidden while there is nothing in it.
    const aside = document.createElement('aside');
    aside.setAttribute('aria-label', 'Definition');
    aside.hidden = true;
    document.body.append(aside);

    /* The definition of a term, hidden; one for all links to the term. */
    const cards = new Map();
    const cardOf = link => {
        const id = decodeURIComponent(link.hash.slice(1));
        if (cards.has(id)) return cards.get(id);
        const source = texts.content.querySelector(`[data-term="${CSS.escape(id)}"]`);
        if (!source) return undefined;
        const text = document.createElement('div');
        text.id = `definition-${id}`;
        text.className = 'definition-text';
        text.append(...source.childNodes);
        text.querySelectorAll('code').forEach(code => code.classList.add('hljs'));
        const more = document.createElement('a');
        more.href = link.href;
        more.textContent = 'Glossary';
        const close = document.createElement('button');
        close.type = 'button';
        close.textContent = 'Close';
        close.addEventListener('click', () => hide());
        const row = document.createElement('div');
        row.className = 'definition-actions';
        row.append(more, close);
        const card = document.createElement('div');
        card.className = 'definition';
        card.hidden = true;
        card.append(text, row);
        card.addEventListener('click', event => {
            // It may lead to another place of this page.
            if (event.target.closest('a')) hide({ restore: false });
        });
        card.addEventListener('pointerenter', () => clearTimeout(timer));
        card.addEventListener('pointerleave', event => {
            if (event.pointerType !== 'touch' && !open?.modal) later(hide, HIDE_AFTER);
        });
        aside.append(card);
        cards.set(id, card);
        return card;
    };

    const later = (action, delay) => {
        clearTimeout(timer);
        timer = setTimeout(action, delay);
    };

    /* Below the line of the term, or above it if there is more room; never beyond the window. */
    const place = ({ card, link }, at) => {
        const lines = [...link.getClientRects()]; // a term may be broken over two lines
        const line = lines.find(it => at && it.top <= at.y && at.y <= it.bottom) ?? lines[0];
        if (!line) return;
        const bar = document.getElementById('mdbook-menu-bar')?.getBoundingClientRect().bottom ?? 0;
        const top = Math.max(bar, 0) + MARGIN;
        const { clientWidth: width, clientHeight: height } = document.documentElement;
        const [above, below] = [line.top - top, height - MARGIN - line.bottom];
        card.style.maxHeight = '';
        const isBelow = card.offsetHeight <= below || below >= above;
        card.style.maxHeight = `${Math.max(isBelow ? below : above, 0)}px`;
        const left = Math.min(line.left, width - MARGIN - card.offsetWidth);
        card.style.left = `${Math.max(left, MARGIN) + window.scrollX}px`;
        const y = isBelow ? line.bottom : line.top - card.offsetHeight;
        card.style.top = `${y + window.scrollY}px`;
    };

    const show = (link, { modal = false, at } = {}) => {
        clearTimeout(timer);
        if (open?.link === link && open.modal === modal) return;
        hide({ restore: false });
        const card = cardOf(link);
        open = { card, link, modal };
        if (modal) {
            card.setAttribute('role', 'dialog');
            card.setAttribute('aria-label', link.textContent);
            card.tabIndex = -1;
        } else {
            card.setAttribute('role', 'tooltip');
            card.removeAttribute('aria-label');
            card.removeAttribute('tabindex');
        }
        card.classList.toggle('modal', modal);
        card.querySelectorAll('.definition-text a').forEach(it => {
            it.tabIndex = modal ? 0 : -1;
        });
        aside.hidden = card.hidden = false;
        place(open, at);
        if (modal) card.focus({ preventScroll: true });
    };

    const hide = ({ restore = true } = {}) => {
        clearTimeout(timer);
        if (!open) return;
        const { card, link } = open;
        const hadFocus = card.contains(document.activeElement);
        open = undefined;
        aside.hidden = card.hidden = true;
        if (!hadFocus || !restore) return;
        returning = true; // and does not ask for the definition again
        link.focus({ preventScroll: true });
        returning = false;
    };

    links.filter(cardOf).forEach(link => {
        link.classList.add('term');
        link.setAttribute('aria-describedby', cardOf(link).firstChild.id);
        link.addEventListener('pointerenter', event => {
            if (event.pointerType === 'touch') return;
            const at = { x: event.clientX, y: event.clientY };
            later(() => show(link, { at }), SHOW_AFTER);
        });
        link.addEventListener('pointerleave', event => {
            if (event.pointerType !== 'touch' && !open?.modal) later(hide, HIDE_AFTER);
        });
        link.addEventListener('focus', () => {
            if (link.matches(':focus-visible') && !touched && !returning) show(link);
        });
        link.addEventListener('blur', () => {
            if (open?.link === link && !open.modal) hide();
        });
        link.addEventListener('pointerdown', event => {
            touched = event.pointerType === 'touch';
        });
        link.addEventListener('pointercancel', () => {
            touched = false; // the touch has become a scroll
        });
        link.addEventListener('click', event => {
            const byTouch = touched;
            touched = false; // Enter is a click that no press comes before
            if (!byTouch) return;
            event.preventDefault();
            if (open?.modal && open.link === link) hide();
            else show(link, { modal: true });
        });
    });

    document.addEventListener('keydown', event => {
        touched = false; // a press may have become a scroll
        if (event.key !== 'Escape' || !open) return;
        event.stopPropagation(); // Escape closes one thing at a time
        hide();
    }, { capture: true });
    // A tap ends with this; a scroll, which begins like a tap, does not.
    document.addEventListener('pointerup', ({ target }) => {
        if (open?.modal && !open.card.contains(target) && !open.link.contains(target)) {
            hide({ restore: false });
        }
    });
    window.addEventListener('resize', () => open && place(open));
})();
