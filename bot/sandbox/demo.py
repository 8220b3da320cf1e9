"""The little shop that production facts look at, and the switch that breaks it."""

from aiohttp import web

_SHELL = "<!doctype html><html lang='en'><meta charset='utf-8'><title>{title}</title><h1>{title}</h1>{body}</html>"
_PRODUCTS = [
    {"id": 1, "name": "Olive oil", "price": "12.50", "label": "Organic"},
    {"id": 2, "name": "Honey", "price": "8.00", "label": "Local"},
]


class DemoSite:
    """A shop under /demo/; broken, it still answers 200 but says the wrong things, as real shops do."""

    def __init__(self, *, broken: bool) -> None:
        self.broken = broken

    def routes(self) -> list[web.RouteDef]:
        """Return the pages of the shop."""
        return [
            web.get("/demo/", self._home),
            web.get("/demo/api/healthz", self._health),
            web.get("/demo/api/products", self._products),
            web.get("/demo/products/{id}", self._product),
            web.get("/demo/auth/login", self._login),
        ]

    async def _home(self, request: web.Request) -> web.Response:
        names = "".join(
            f"<li><a href='/demo/products/{product['id']}'>{product['name']}</a></li>" for product in _PRODUCTS
        )
        return _page("The demo shop", f"<ul>{names}</ul><p><a href='/demo/auth/login'>Log in</a></p>")

    async def _health(self, request: web.Request) -> web.Response:
        return web.json_response({"status": "ok"})

    async def _products(self, request: web.Request) -> web.Response:
        return web.json_response([] if self.broken else _PRODUCTS)

    async def _product(self, request: web.Request) -> web.Response:
        products = [product for product in _PRODUCTS if str(product["id"]) == request.match_info["id"]]
        if not products:
            raise web.HTTPNotFound
        label = "" if self.broken else f"<p>{products[0]['label']}</p>"
        return _page(str(products[0]["name"]), f"{label}<p>{products[0]['price']}</p><p><a href='/demo/'>Back</a></p>")

    async def _login(self, request: web.Request) -> web.Response:
        return _page("Log in", "<form><label>Name <input name='name'></label> <button>Log in</button></form>")


def _page(title: str, body: str) -> web.Response:
    return web.Response(text=_SHELL.format(title=title, body=body), content_type="text/html")
