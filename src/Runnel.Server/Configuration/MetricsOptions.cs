using System.ComponentModel;
using System.ComponentModel.DataAnnotations;

namespace Runnel.Server.Configuration;

/// <summary>Who may read <c>/metrics</c> from another machine: <c>Metrics:*</c>.</summary>
internal sealed class MetricsOptions
{
    /// <summary>The bearer token of a scraper. Without one only this machine may read.</summary>
    [PasswordPropertyText(true)]
    [RegularExpression(
        @"\A[A-Za-z0-9._~+/=-]{16,256}\z", ErrorMessage = "16 to 256 of the characters A-Z a-z 0-9 . _ ~ + / = -")]
    public string? Token { get; set; }
}
