// Stands in every page of somebody who is logged in, and works before the program has come, without
// it, and beside it. The server takes the comments out.
(() => {
  const form = () => document.getElementById('wizard-form');
  const isLive = () => form().hasAttribute('data-live');

  // --- What is typed in a page that does not live yet is sent when the page is left or hidden.

  const isTouched = control => {
    const { type, options } = control;
    if (options) {
      const chosen = [...options].find(option => option.defaultSelected) ?? options[0];
      return !chosen?.selected;
    }
    if (type == 'checkbox' || type == 'radio') return control.checked != control.defaultChecked;
    return type != 'hidden' && 'defaultValue' in control && control.value != control.defaultValue;
  };
  const hasUnsaved = () =>
    form() && (isLive() ? form().hasAttribute('data-unsaved') : [...form().elements].some(isTouched));

  let isPosting = false, sent = '';
  // Counts what leaves the page, so that the server knows the latest.
  const count = () => (form().elements._number.value = +form().elements._number.value + 1);
  // Whether the browser has all that there is to send; it takes 64 kB.
  const send = () => {
    if (!form() || isLive() || isPosting || !hasUnsaved()) return true;
    const typed = () => '' + new URLSearchParams(new FormData(form()));
    if (typed() != sent) {
      count();
      const body = new URLSearchParams(typed());
      body.set('go', 'save');
      if (!navigator.onLine || !navigator.sendBeacon(form().action, body)) return false;
      sent = typed();
    }
    return true;
  };
  addEventListener('submit', event => {
    if (event.target == form() && !isLive()) {
      count();
      isPosting = true;
    }
  });
  addEventListener('beforeunload', event => send() || event.preventDefault());
  document.addEventListener('visibilitychange', () => document.hidden && send());

  // --- Text that cannot be stored is not left standing as if it could.

  addEventListener('input', ({ target }) => {
    const text = target.value, clean = text?.replaceAll('\0', '');
    const whole = clean?.toWellFormed?.() ?? clean;
    if (whole != text) target.value = whole;
  }, true);

  // --- A browser keeps pages in memory for its Back button, whatever their headers say. A personal
  // page is blank there; when somebody comes back to it, it is asked for anew. What is typed in it is
  // not thrown away for that, as long as it is still the same person who is logged in.

  const show = isShown => (document.documentElement.hidden = !isShown);
  const back = async () => {
    if (!hasUnsaved()) return location.reload();
    const answer = await fetch(location.href, { redirect: 'manual' }).catch(() => null);
    if (answer?.ok) show(true);
    else if (answer) location.reload();
    else addEventListener('online', back, { once: true });
  };
  addEventListener('pagehide', () => {
    send();
    show(false);
  });
  addEventListener('pageshow', event => {
    isPosting = false;
    if (event.persisted) back();
    else show(true);
  });

  // --- What the page before this one sent as it was left may have been stored after this one was made.

  const isOld = async () => {
    const revision = /id="revision" value="(\d+)"/;
    const page = await (await fetch(location.href)).text();
    return +page.match(revision)?.[1] > +form().elements.revision.value;
  };
  addEventListener('load', () => {
    const [{ type }] = performance.getEntriesByType('navigation');
    if (!form() || type == 'navigate') return;
    setTimeout(async () => {
      const isPlain = () => !isLive() && !hasUnsaved() && !isPosting;
      if (isPlain() && (await isOld()) && isPlain()) location.reload();
    }, 1000);
  });

  // --- When the program fails, the page is the plain form again, and says so.

  addEventListener('DOMContentLoaded', () => {
    const words = [...document.querySelectorAll('[data-plain]')].map(place => [place, place.innerHTML]);
    addEventListener('lodge-failed', () => {
      form()?.removeAttribute('data-live');
      form()?.removeAttribute('inert');
      for (const [place, html] of words) place.innerHTML = html;
    });
  });
})();
