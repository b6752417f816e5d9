using System.Text.Json.Serialization;
using Runnel.Server.Hosting.Wording;

namespace Runnel.Server.DigitalHumans;

/// <summary>The body of <c>POST</c> and <c>PATCH</c>. It knows which members came, since null takes back what may be missing, and
/// a member that did not come leaves what is there.</summary>
internal sealed class DigitalHumanBody
{
    [JsonConverter(typeof(TextConverter))]
    public string? Name { get; set => (field, HasName) = (OneLine.Of(value), true); }

    [JsonConverter(typeof(TextConverter))]
    public string? Persona { get; set => (field, HasPersona) = (value, true); }

    [JsonConverter(typeof(TextConverter))]
    public string? Greeting { get; set => (field, HasGreeting) = (string.IsNullOrWhiteSpace(value) ? null : value, true); }

    public string? Model { get; set => (field, HasModel) = (string.IsNullOrEmpty(value) ? null : value, true); }

    public double? Temperature { get; set => (field, HasTemperature) = (value, true); }

    /// <summary>Null is the same as not to say it.</summary>
    public bool? IsPublic { get; set; }

    internal bool HasName { get; private set; }

    internal bool HasPersona { get; private set; }

    internal bool HasGreeting { get; private set; }

    internal bool HasModel { get; private set; }

    internal bool HasTemperature { get; private set; }

    internal bool IsEmpty =>
        !HasName && !HasPersona && !HasGreeting && !HasModel && !HasTemperature && IsPublic is null;
}
