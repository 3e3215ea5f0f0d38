'use strict';

/* Draws each <pre class="mermaid"> (that is what mdbook-mermaid makes of a fence) in the --diagram-*
 * colors of book.css. mermaid.min.js (2.6 MB) is loaded when the first one comes near the viewport,
 * or before printing. The source stays: to redraw in another theme, to read if drawing fails. */
(() => {
    const sources = [...document.querySelectorAll('pre.mermaid')];
    if (!sources.length) return;

    const root = document.documentElement;
    const boxes = new Map(); // source -> <div> of its drawing
    const asked = new Set(); // sources to be drawn, the failed ones taken out again
    let round = 0; // counts changes of theme: what an earlier round drew is dropped
    let ready; // the round whose colors mermaid has
    let script;

    const config = () => {
        const css = getComputedStyle(root);
        const vars = { darkMode: css.colorScheme.includes('dark') };
        for (const [color, names] of Object.entries({
            background: 'background tertiaryColor noteBkgColor edgeLabelBackground'
                + ' labelBackgroundColor sequenceNumberColor',
            fill: 'primaryColor secondaryColor',
            text: 'textColor primaryTextColor noteTextColor titleColor',
            line: 'lineColor arrowheadColor',
            border: 'primaryBorderColor tertiaryBorderColor noteBorderColor activationBorderColor',
        })) {
            const value = css.getPropertyValue(`--diagram-${color}`).trim();
            names.split(' ').forEach(name => { vars[name] = value; });
        }
        return {
            startOnLoad: false,
            securityLevel: 'strict',
            suppressErrorRendering: true,
            htmlLabels: false, // SVG text, out of reach of the page's styles
            flowchart: { htmlLabels: false, nodeSpacing: 30, diagramPadding: 4 },
            sequence: { width: 110, actorMargin: 20, diagramMarginX: 4 },
            fontFamily: getComputedStyle(document.body).fontFamily,
            theme: 'base',
            themeVariables: vars,
        };
    };

    const load = () => script ??= new Promise((resolve, reject) => {
        const element = document.createElement('script');
        element.src = `${path_to_root}mermaid.min.js`;
        element.onload = () => resolve(window.mermaid);
        element.onerror = () => reject(new Error(`cannot load ${element.src}`));
        document.head.append(element);
    });

    // A box that scrolls must be reachable by keyboard, and then needs a name.
    const sizes = new ResizeObserver(entries => entries.forEach(({ target: box }) => {
        const on = box.scrollWidth > box.clientWidth;
        const label = box.querySelector('title')?.textContent ?? 'Diagram';
        for (const [name, value] of [['tabindex', 0], ['role', 'region'], ['aria-label', label]]) {
            if (on) box.setAttribute(name, value);
            else box.removeAttribute(name);
        }
    }));

    const show = (source, html) => {
        let box = boxes.get(source);
        if (!box) {
            box = document.createElement('div');
            box.className = 'diagram';
            boxes.set(source, box);
            source.after(box);
            source.hidden = true;
            sizes.observe(box);
        }
        box.innerHTML = html;
        const svg = box.firstChild;
        box.style.setProperty('--diagram-width', `${svg.viewBox.baseVal.width}px`);
        svg.setAttribute('role', 'img'); // its title and description, not a heap of labels
        svg.setAttribute('aria-roledescription', 'diagram');
    };

    const fail = (source, error) => {
        const title = source.textContent.match(/accTitle:\s*(.+)/)?.[1];
        console.error(`Diagram ${sources.indexOf(source) + 1} (${title}):`, error);
        asked.delete(source);
        boxes.get(source)?.remove();
        source.insertAdjacentHTML('beforebegin',
            '<p class="diagram-error">This diagram could not be drawn. Its source:</p>');
        source.hidden = false;
        source.classList.remove('pending');
    };

    const draw = async source => {
        const mine = round;
        try {
            const mermaid = await load();
            if (ready !== round) {
                ready = round;
                mermaid.initialize(config());
            }
            await document.fonts.ready; // labels are measured
            // A new id: mermaid removes what has the old one, and that is on view.
            const id = `diagram-${sources.indexOf(source)}-${mine}`;
            const { svg } = await mermaid.render(id, source.textContent);
            if (mine === round) show(source, svg);
        } catch (error) {
            if (mine === round) fail(source, error);
        }
    };

    const ask = source => {
        near.unobserve(source);
        if (asked.has(source) || !source.matches('.pending')) return;
        asked.add(source);
        draw(source);
    };
    const near = new IntersectionObserver(
        entries => entries.filter(it => it.isIntersecting).forEach(it => ask(it.target)),
        { rootMargin: '1000px' },
    );
    sources.forEach(source => {
        source.classList.add('pending'); // not to be seen as text before it is drawn
        near.observe(source);
    });

    const askAll = () => sources.forEach(ask);
    window.addEventListener('beforeprint', askAll);
    // The page of the whole book prints itself as soon as it is loaded.
    if (/\/print(\.html)?$/.test(location.pathname)) askAll();

    // mdBook keeps its theme in the classes of <html>, and the state of the sidebar too.
    let colors = JSON.stringify(config());
    new MutationObserver(() => {
        if (colors === (colors = JSON.stringify(config()))) return;
        round += 1;
        asked.forEach(draw);
    }).observe(root, { attributeFilter: ['class'] });
})();
