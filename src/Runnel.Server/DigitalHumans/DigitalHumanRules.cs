using Runnel.Server.Hosting;
using Runnel.Server.Hosting.Wording;
using Runnel.Server.Models;

namespace Runnel.Server.DigitalHumans;

/// <summary>What a digital human must be like. Each says why it is refused, or null.</summary>
internal static class DigitalHumanRules
{
    public const int MaxName = 100;
    public const int MaxPersona = 32_000;
    public const int MaxGreeting = 4_000;
    private const double MaxTemperature = 2;

    /// <summary>One that is made: it has a name and a persona.</summary>
    public static Problem? CheckNew(DigitalHumanBody body, ModelCatalog models) =>
        CheckName(body.Name) ?? CheckPersona(body.Persona) ?? CheckRest(body, models);

    /// <summary>One that is changed: only what came is looked at.</summary>
    public static Problem? CheckChange(DigitalHumanBody body, ModelCatalog models) =>
        (body.HasName ? CheckName(body.Name) : null)
        ?? (body.HasPersona ? CheckPersona(body.Persona) : null)
        ?? CheckRest(body, models);

    private static Problem? CheckName(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return Problems.Invalid("empty_name", "Give it a name: one that is not only white space.");
        return Texts.IsLonger(name, MaxName)
            ? Problems.Invalid("name_too_long", $"A name has at most {MaxName} characters. Shorten it.")
            : null;
    }

    private static Problem? CheckPersona(string? persona)
    {
        if (string.IsNullOrWhiteSpace(persona))
            return Problems.Invalid("empty_persona", "Say in persona who it is: it is empty.");
        return Texts.IsLonger(persona, MaxPersona)
            ? Problems.Invalid("persona_too_long", $"A persona has at most {MaxPersona} characters. Shorten it.")
            : null;
    }

    private static Problem? CheckRest(DigitalHumanBody body, ModelCatalog models)
    {
        if (body.Greeting is { } greeting && Texts.IsLonger(greeting, MaxGreeting))
            return Problems.Invalid("greeting_too_long", $"A greeting has at most {MaxGreeting} characters. Shorten it.");
        if (body.Temperature is not null and not (>= 0 and <= MaxTemperature))
            return Problems.Invalid("invalid_temperature", $"temperature is a number from 0 to {MaxTemperature}, or null.");
        return body.Model is { } model && models.Find(model) is null
            ? Problems.Invalid("unknown_model", "There is no model of that name. GET /api/v1/models lists them.")
            : null;
    }
}
