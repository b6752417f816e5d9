using System.Text;

namespace Runnel.Server.Knowledge.Spelling;

/// <summary>Which characters are written without spaces between words.</summary>
internal static class Scripts
{
    /// <summary>Chinese, Japanese and Korean, Thai, Lao, Burmese and Khmer.</summary>
    public static bool HasNoSpaces(Rune character) => character.Value is
        (>= 0x0E00 and <= 0x0EFF) or (>= 0x1000 and <= 0x109F) or (>= 0x1780 and <= 0x17FF)
        or (>= 0x2E80 and <= 0x2FDF) or 0x3005 or 0x3007 or (>= 0x3040 and <= 0x30FA) or (>= 0x30FC and <= 0x31FF)
        or (>= 0x3400 and <= 0x4DBF) or (>= 0x4E00 and <= 0x9FFF) or (>= 0xAC00 and <= 0xD7A3)
        or (>= 0x20000 and <= 0x3FFFF);
}
