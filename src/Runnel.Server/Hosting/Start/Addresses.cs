namespace Runnel.Server.Hosting.Start;

/// <summary>Where the server listens when nobody says anything: on this machine only.</summary>
internal static class Addresses
{
    private const string Default = "http://127.0.0.1:5080";

    private static readonly string[] Keys = ["urls", "http_ports", "https_ports"];

    public static void UseDefaultAddress(this WebApplicationBuilder builder)
    {
        var configured = Keys.Any(key => !string.IsNullOrWhiteSpace(builder.Configuration[key]))
            || builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any();
        if (!configured)
            builder.WebHost.UseUrls(Default);
    }
}
