// Leads on from a page that has moved, to the same part of the new one: a refresh would drop it.
const link = document.querySelector("[data-moved]");
location.replace(link.href + location.hash);
