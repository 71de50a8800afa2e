// What is shown anew while somebody types in it or goes through it by keyboard.

/** What an element is found by again, besides its place among those of the same kind. */
const NAMES = ['id', 'href', 'aria-label'];

/** The way to the element that stands for one once all is made anew. */
function wayTo(element, root) {
  const name = NAMES.find(one => element.hasAttribute(one));
  if (!root.contains(element) || element === root || !name) {
    return () => undefined;
  }
  const selector = `[${name}="${CSS.escape(element.getAttribute(name))}"]`;
  const place = [...root.querySelectorAll(selector)].indexOf(element);
  return () => root.querySelectorAll(selector)[place];
}

/** Puts other content into an element; the focus and what was typed and not yet taken stay. */
export function replaceUnderHands(root, content) {
  const focused = document.activeElement;
  const wasInside = root.contains(focused);
  const caret = focused?.selectionStart;
  const again = wayTo(focused, root);
  const typed = [...root.querySelectorAll('input[id]:not([type=file])')];
  root.replaceChildren(...content);
  for (const field of typed) {
    const anew = document.getElementById(field.id);
    if (anew) {
      anew.value = field.value;
    }
  }
  if (wasInside) {
    const found = again();
    found?.focus({preventScroll: true});
    if (!root.contains(document.activeElement)) {
      root.focus({preventScroll: true}); // what had it is gone, or cannot be used now
    } else if (Number.isInteger(caret)) {
      found?.setSelectionRange?.(caret, caret);
    }
  }
}
