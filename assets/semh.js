/* What runs in the browser: nothing here sends anything anywhere. */
document.cookie = "semh_narrow=" + (window.innerWidth < 600 ? 1 : 0) + ";path=/;SameSite=Lax";
window.dash_clientside = Object.assign({}, window.dash_clientside, {
  semh: {
    /* A choice rewrites the address; the page is drawn again from the address. */
    choose: function (values, ids, search, drawn) {
      var none = window.dash_clientside.no_update;
      var params = new URLSearchParams(search || "");
      var changed = false;
      ids.forEach(function (id, i) {
        var given = values[i] !== null && values[i] !== undefined;
        if (given && drawn && values[i] !== drawn[id.name]) {
          params.set(id.name, values[i]);
          changed = true;
        }
      });
      if (!changed) { return none; }
      resume = { id: (document.activeElement || {}).id, y: window.scrollY };
      return "?" + params.toString();
    },
    find: function (value) {
      var none = window.dash_clientside.no_update;
      return value ? [value, null] : [none, none];
    },
    /* A new page is announced and its headline takes the focus. */
    arrive: function (title) {
      if (!title) { return ""; }
      document.title = title + " · SEMH";
      var first = !arrived;
      arrived = true;
      if (resume) { return again(title); }
      if (!first && (document.activeElement === document.body || inNavigation())) {
        window.setTimeout(function () {
          var heading = document.querySelector("#head h1");
          if (heading) { heading.focus({ preventScroll: true }); window.scrollTo(0, 0); }
        }, 30);
      }
      window.setTimeout(function () {
        var at = window.location.hash && document.getElementById(window.location.hash.slice(1));
        if (at) { at.scrollIntoView(); }
      }, 60);
      return first ? "" : title + " is shown";
    },
    menu: function (opened, navbar) {
      document.body.classList.toggle("menu-open", Boolean(opened));
      return Object.assign({}, navbar, { collapsed: { mobile: !opened } });
    },
    fold: function () { return false; }
  }
});
var arrived = false;
/* Where the reader was when a choice was made: the page is drawn anew and they go on from there. */
var resume = null;
function again(title) {
  var at = resume;
  resume = null;
  window.setTimeout(function () {
    var element = at.id && document.getElementById(at.id);
    if (element) { element.focus({ preventScroll: true }); }
    window.scrollTo(0, at.y);
  }, 30);
  return title + " is worked out again";
}
function inNavigation() {
  var at = document.activeElement;
  return Boolean(at && at.closest && at.closest("nav, .brand"));
}
document.addEventListener("click", function (event) {
  var link = event.target.closest && event.target.closest("a.copy");
  if (!link || !navigator.clipboard) { return; }
  event.preventDefault();
  navigator.clipboard.writeText(link.href).then(function () {
    var said = document.getElementById("said");
    if (said) { said.textContent = "Link copied"; }
    link.firstChild.textContent = "Link copied";
    window.setTimeout(function () { link.firstChild.textContent = "Copy link"; }, 2000);
  });
});
