// What index.html alone does, because it owns the page: its title, its address fragment and its settings.
import "./simscope.ts";
