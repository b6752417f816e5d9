using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace Runnel.Server.Persistence;

/// <summary>Lets EF write times as <see cref="UtcText"/>.</summary>
internal sealed class UtcTextConverter()
    : ValueConverter<DateTimeOffset, string>(time => UtcText.Write(time), text => UtcText.Read(text));
