using System.Globalization;

namespace Runnel.Server.Hosting;

/// <summary>Numbers of a query, read so that a wrong one can be refused by its name.</summary>
internal static class QueryNumbers
{
    /// <summary>A whole number from 1, or the default where none is given.</summary>
    public static bool TryRead(string? text, int byDefault, int max, out int number)
    {
        number = byDefault;
        return text is null
            || (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= 1 && number <= max);
    }

    /// <summary>A number of seconds, whole or not; none where none is given.</summary>
    public static bool TryReadSeconds(string? text, TimeSpan max, out TimeSpan time)
    {
        var seconds = 0.0;
        var isRead = text is null || (double.TryParse(
                text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out seconds)
            && seconds >= 0 && seconds <= max.TotalSeconds);
        time = isRead ? TimeSpan.FromSeconds(seconds) : TimeSpan.Zero;
        return isRead;
    }
}
