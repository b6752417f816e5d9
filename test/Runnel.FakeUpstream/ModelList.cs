namespace Runnel.Fakes;

/// <summary><c>GET models</c>.</summary>
internal static class ModelList
{
    public static IResult Of(IEnumerable<string> models) => Results.Text(
        $$"""{"object":"list","data":[{{string.Join(',', models.Select(Entry))}}]}""", "application/json");

    private static string Entry(string model) =>
        $$"""{"id":{{Wire.Quote(model)}},"object":"model","owned_by":"fake"}""";
}
