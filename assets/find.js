/* Which of the things that can be found fit what is typed: every word, in the label or beside it.
   Those whose label has the words come first. */
var dmcfuncs = window.dashMantineFunctions = window.dashMantineFunctions || {};
dmcfuncs.semhFind = function (asked) {
  var parts = asked.search.toLowerCase().split(/\s+/).filter(Boolean).map(semhStem);
  var groups = asked.options.map(function (group) {
    return { group: group.group, items: semhFitting(group.items, parts) };
  });
  return semhShare(groups, asked.limit);
};
/* exclusions, excluded: exclu */
function semhStem(word) {
  var stem = word.replace(/(sions?|ded|ding|ing|ed|es|s)$/, "");
  return stem.length >= 3 ? stem : word;
}
function semhFitting(items, parts) {
  var scored = items.map(function (item, i) {
    var label = item.label.toLowerCase();
    var all = label + " " + (item.words || "");
    var fits = parts.every(function (part) { return all.indexOf(part) >= 0; });
    var apart = parts.filter(function (part) { return label.indexOf(part) < 0; }).length;
    return { item: item, fits: fits, apart: apart, place: i };
  });
  return scored
    .filter(function (one) { return one.fits; })
    .sort(function (a, b) { return a.apart - b.apart || a.place - b.place; })
    .map(function (one) { return one.item; });
}
/* A short list for all groups together: each has room for a few, and the rest goes in order. */
function semhShare(groups, limit) {
  var full = groups.filter(function (group) { return group.items.length; });
  var each = Math.max(2, Math.floor(limit / (2 * Math.max(full.length, 1))));
  var room = limit - full.reduce(function (n, g) { return n + Math.min(each, g.items.length); }, 0);
  return full.map(function (group) {
    var more = Math.max(0, Math.min(room, group.items.length - each));
    room -= more;
    return { group: group.group, items: group.items.slice(0, each + more) };
  });
}
