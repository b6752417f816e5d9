namespace Runnel.Server.Pages;

/// <summary>
/// The Content-Security-Policy of the app. Scripts come from here alone. Styles come from here, or carry the nonce of the answer,
/// which is for libraries that bring a style element. Attributes may have styles, since formulas are parsed from what KaTeX writes,
/// which places each sign by its style; nothing else becomes HTML, so nobody who writes an answer can give it a style.
/// </summary>
internal static class PagePolicy
{
    /// <summary>The cookie by which a person lets answers show images of other sites, which learn by it who reads them.</summary>
    public const string ImagesCookie = "runnel_images";

    public static bool ShowsImages(HttpRequest request) => request.Cookies[ImagesCookie] == "on";

    public static string Write(string nonce, bool images) =>
        $"default-src 'none'; script-src 'self'; style-src 'self' 'nonce-{nonce}'; style-src-attr 'unsafe-inline'; "
        + $"img-src 'self' data:{(images ? " https:" : "")}; "
        + "font-src 'self'; connect-src 'self'; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; base-uri 'none'; "
        + "form-action 'self'; object-src 'none'";
}
